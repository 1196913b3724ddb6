// SPDX-License-Identifier: MIT
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSeries, readPosted } from '@uio-msi/series';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cutMail, encoded, mailbox, reply } from '../../testing/mails.js';
import { amResult, formatPatch, makeFolder, makeRepository } from '../../testing/repository.js';
import { importSeries } from './import.js';

const lines = (n: number, word: string) => Array.from({ length: n }, (_, i) => `${word} ${i}\n`).join('');

const CHANGES = [
  { files: { a: lines(40, 'line'), b: 'no end' }, message: 'base' },
  {
    files: {
      a: lines(40, 'line').replace('line 7', '\tlínë 7 ').replace('line 30', 'From here\n\n-- \nend'),
    },
    message:
      'uio: ein Betreff mit Ümläuten, der so lang ist, dass git ihn in mehrere Zeilen falten muss\n\nFrom the first word on\na line: ünïcode\n\nSigned-off-by: Jörg Exämple <joerg@example.org>\n',
    author: 'Ötzi "the" Man <oetzi@example.org>',
    date: '2026-11-01T10:00:00-0930',
  },
  { files: { b: 'no end yet', c: lines(3, '> From') }, message: 'add c\n\nBody.\n' },
  { files: { b: 'an end\n' }, message: 'a subject\nof two lines\n\nBody.  \n\n\nMore.\n' },
];

let dir: string;
let remove: () => void;
beforeEach(() => {
  ({ dir, remove } = makeFolder());
});
afterEach(() => remove());

const importMails = async (text: string | Buffer, options = {}) => {
  writeFileSync(join(dir, 'in.mbox'), text);
  return importSeries({
    mailbox: join(dir, 'in.mbox'),
    into: join(dir, 'patches'),
    name: null,
    base: '7.2',
    revision: null,
    message: null,
    partial: false,
    dryRun: false,
    ...options,
  });
};

describe('git am of the series gives what git am of the mails gives', () => {
  let plain: string[];
  beforeEach(() => {
    makeRepository(dir, CHANGES);
    plain = formatPatch(dir, '--thread=shallow', '--cover-letter', '-v3').map((mail) =>
      mail.replace('*** SUBJECT HERE ***', 'the cover').replace('*** BLURB HERE ***', 'Why.\n\nv3:\n - all'),
    );
  });

  it.each<[string, (mails: string[]) => string]>([
    ['as they are', mailbox],
    ['in another order', (mails) => mailbox(mails.toReversed())],
    ['without marks stuffed', (mails) => mails.map((mail) => `${mail}\n`).join('')],
    ['in base64', (mails) => mailbox(mails.map((mail) => encoded(mail, 'base64')))],
    ['in quoted-printable', (mails) => mailbox(mails.map((mail) => encoded(mail, 'quoted-printable')))],
    ['with CRLF', (mails) => mailbox(mails).replaceAll('\n', '\r\n')],
    ['twice', (mails) => mailbox([...mails, ...mails])],
    ['without the cover letter', (mails) => mailbox(mails.slice(1))],
    [
      'with answers and a list’s footers',
      (mails) =>
        mailbox([
          reply('r1', 'unknown', '[PATCH v3 1/3] uio', 'R <r@example.org>', '> diff --git a/x b/x\nno\n'),
          ...mails.map(
            (mail) => `${mail.trimEnd()}\n\n_______________\nlist mailing list\nlist@example.org\n`,
          ),
        ]),
    ],
  ])('%s', async (_, make) => {
    const expected = amResult(
      dir,
      plain.slice(1).map((mail, at) => {
        writeFileSync(join(dir, `.git/${at}.mail`), mail);
        return join(dir, `.git/${at}.mail`);
      }),
    );
    const result = await importMails(make(plain));
    expect(
      amResult(
        dir,
        result.patches.map((file) => join(result.dir, file)),
      ),
    ).toEqual(expected);
    expect(result).toMatchObject({ revision: 3, unreadable: 0 });
    expect(await loadSeries(result.dir)).toMatchObject({ revision: 'v3', prefix: 'PATCH' });
    expect(result.posted).toEqual(['posted/v3.mbox']);
  });

  it('in base64 with CRLF, which git am alone cannot apply', async () => {
    const result = await importMails(mailbox(plain.map((mail) => encoded(mail, 'base64', '\r\n'))));
    expect(() =>
      amResult(
        dir,
        result.patches.map((file) => join(result.dir, file)),
      ),
    ).not.toThrow();
  });
});

it('finds a patch that is attached', async () => {
  makeRepository(dir, CHANGES.slice(0, 2));
  const [mail = ''] = formatPatch(dir);
  const attached = [
    'From: Somebody <s@example.org>',
    'Subject: please take this',
    'Message-ID: <x@y>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="=b"',
    '',
    '--=b',
    'Content-Type: text/plain',
    '',
    'See attachment.',
    '--=b',
    'Content-Type: text/x-patch; name="0001-x.patch"',
    'Content-Disposition: attachment; filename="../../0001-x.patch"',
    'Content-Transfer-Encoding: base64',
    '',
    (
      Buffer.from(mail)
        .toString('base64')
        .match(/.{1,76}/g) ?? []
    ).join('\n'),
    '--=b--',
    '',
  ].join('\n');
  writeFileSync(join(dir, '.git/mail'), mail);
  const result = await importMails(attached);
  expect(amResult(dir, [join(result.dir, result.patches[0] ?? '')])).toEqual(
    amResult(dir, [join(dir, '.git/mail')]),
  );
});

const patch = (subject: string, id: string, parents = '', line = 'new') =>
  `From x\nFrom: A <a@example.org>\nDate: Mon, 2 Nov 2026 10:00:00 +0000\nSubject: ${subject}\nMessage-ID: <${id}>\n${parents && `In-Reply-To: <${parents}>\n`}\nWhy.\n---\ndiff --git a/${line} b/${line}\nnew file mode 100644\n--- /dev/null\n+++ b/${line}\n@@ -0,0 +1 @@\n+${line}\n-- \n2.39.5\n`;

describe('chooses', () => {
  it('the newest revision, and archives the others', async () => {
    const mails = [
      patch('[PATCH v2] a: b', 'v2', 'v1', 'two'),
      patch('[RFC PATCH] a: b', 'rfc', '', 'zero'),
      patch('[PATCH] a: b', 'v1', 'rfc', 'one'),
    ];
    const result = await importMails(mailbox(mails));
    expect(result).toMatchObject({ revision: 2, posted: ['posted/v1.mbox', 'posted/v2.mbox'] });
    expect((await readPosted(result.dir, 1)).text).toContain('+one');
    expect(await importMails(mailbox(mails), { revision: 1, name: 'older' })).toMatchObject({ revision: 1 });
    await expect(importMails(mailbox(mails), { revision: 7 })).rejects.toMatchObject({
      code: 'mailbox-no-revision',
    });
  });

  it('what was sent again instead of what it was before', async () => {
    const mails = [
      patch('[PATCH RESEND] a: b', 'again', '', 'again'),
      patch('[PATCH] a: b', 'first', '', 'first'),
    ];
    const result = await importMails(mailbox(mails));
    expect((await loadSeries(result.dir)).patches[0]?.diff).toContain('+again');
  });

  it('older patches where only one was sent anew', async () => {
    const mails = [
      patch('[PATCH 1/2] a: one', '1', '', 'one'),
      patch('[PATCH 2/2] a: two', '2', '1', 'two'),
      patch('[PATCH v2 2/2] a: two', '3', '2', 'three'),
    ];
    const result = await importMails(mailbox(mails));
    expect((await loadSeries(result.dir)).patches.map(({ diff }) => /\+\w+$/m.exec(diff)?.[0])).toEqual([
      '+one',
      '+three',
    ]);
    expect(result.notes.join()).toContain('1 are those of [PATCH');
  });

  it('neither of two series', async () => {
    const mails = [patch('[PATCH] a: b', 'one'), patch('[PATCH] c: d', 'two')];
    await expect(importMails(mailbox(mails))).rejects.toMatchObject({
      code: 'mailbox-ambiguous',
      why: expect.stringMatching(/<one>\n.*<two>/),
    });
    expect(await importMails(mailbox(mails), { message: 'two' })).toMatchObject({ name: 'c-d' });
  });
});

describe('refuses', () => {
  it.each<[string, string | Buffer, string]>([
    ['a series with a hole', mailbox([patch('[PATCH 2/2] a', 'x')]), 'mailbox-incomplete'],
    [
      'answers alone',
      mailbox([reply('r', 'x', '[PATCH] a', 'R <r@example.org>', 'ok')]),
      'mailbox-no-patches',
    ],
    ['an empty file', '', 'mailbox-no-patches'],
    ['noise', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)), 'mailbox-no-patches'],
    [
      'a line in two',
      patch('[PATCH] a', 'x').replace('+new', '+new\nbroken').replace('+1 @@', '+1,2 @@'),
      'mail-wrapped',
    ],
    [
      'a hunk of a merge',
      patch('[PATCH] a', 'x').replace('@@ -0,0 +1 @@', '@@@ -0,0 +1 @@@'),
      'mail-damaged',
    ],
    [
      'a patch in Latin-1',
      Buffer.from(
        patch('[PATCH] a', 'x')
          .replace('\n\n', '\nContent-Type: text/plain; charset=iso-8859-1\n\n')
          .replace('+new', '+nöw'),
        'latin1',
      ),
      'mail-charset',
    ],
    [
      'bytes that are no text',
      Buffer.from(patch('[PATCH] a', 'x').replace('+new', '+n\u00ffw'), 'latin1'),
      'mail-damaged',
    ],
    ['NUL', patch('[PATCH] a', 'x').replace('+new', '+n\0w'), 'mail-damaged'],
    ['a path above the tree', patch('[PATCH] a', 'x', '', '../../x'), 'patch-path'],
    ['an absolute path', patch('[PATCH] a', 'x', '', '/etc/x'), 'patch-path'],
    ['a hook', patch('[PATCH] a', 'x', '', '.git/hooks/x'), 'patch-path'],
    ['a hook that nobody sees', patch('[PATCH] a', 'x', '', '.g\u200cit/hooks/x'), 'patch-path'],
    ['a link', patch('[PATCH] a', 'x').replace('100644', '120000'), 'patch-mode'],
  ])('%s', async (_, text, code) => {
    await expect(importMails(text)).rejects.toMatchObject({ code });
    expect(existsSync(join(dir, 'patches')) ? readdirSync(join(dir, 'patches')) : []).toEqual([]);
  });

  it('a name that would lead elsewhere, and one that is taken', async () => {
    for (const name of ['..', 'a/b', '/tmp/x', '.git', 'nul', 'A', ''])
      await expect(importMails(patch('[PATCH] a', 'x'), { name })).rejects.toMatchObject({
        code: 'bad-name',
      });
    await importMails(patch('[PATCH] a', 'x'));
    await expect(importMails(patch('[PATCH] a', 'x'))).rejects.toMatchObject({ code: 'series-exists' });
  });

  it('a file that is not there, and one that is none', async () => {
    for (const mailbox of [join(dir, 'none'), dir, '/dev/zero'])
      await expect(importMails('', { mailbox })).rejects.toMatchObject({ code: 'mailbox-unreadable' });
  });
});

it('takes a part when told to', async () => {
  const result = await importMails(mailbox([patch('[PATCH 2/3] a', 'x')]), { partial: true });
  expect(result.notes.join()).toContain('1, 3');
  expect(result.patches).toHaveLength(1);
  expect(result.posted).toEqual([]);
});

it.each(['../../etc/passwd', 'CON', '日本語', '.git', '-', 'ä\u0000b', 'a'.repeat(300)])(
  'makes a harmless name of the subject %j',
  async (subject) => {
    const encodedSubject = `=?UTF-8?B?${Buffer.from(subject).toString('base64')}?=`;
    const { name, patches } = await importMails(patch(`[PATCH] ${encodedSubject}`, 'x'));
    expect(name).toMatch(/^[a-z0-9][a-z0-9_-]{0,63}$/);
    expect(patches[0]).toMatch(/^0001-[\w.-]*\.patch$/);
    expect(readdirSync(join(dir, 'patches'))).toEqual([name]);
  },
);

it('writes nothing when it is only tried', async () => {
  expect(await importMails(patch('[PATCH] a', 'x'), { dryRun: true })).toMatchObject({ name: 'a' });
  expect(readdirSync(join(dir, 'patches'))).toEqual([]);
});

it('keeps what is said of a patch below its rule', async () => {
  const mail = patch('[PATCH v2] a', 'x').replace(
    '---\ndiff',
    '---\nv2:\n - all\n\n a | 1 +\n 1 file changed, 1 insertion(+)\n\ndiff',
  );
  const result = await importMails(mail);
  const [first] = (await loadSeries(result.dir)).patches;
  expect(first?.notes).toBe('v2:\n - all');
  expect(cutMail(first?.text ?? '').body).toMatch(
    /^Why\.\n---\nv2:\n - all\n---\n a \| 1 \+\n 1 file changed/,
  );
});
