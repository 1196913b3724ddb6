// SPDX-License-Identifier: MIT
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { loadSeries, readPosted } from '@uio-msi/series';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cutMail, mailbox } from '../../testing/mails.js';
import { formatPatch, git, makeFolder, makeRepository } from '../../testing/repository.js';
import { importSeries } from './import.js';
import { mailedPatches } from './mailed.js';

const lines = (n: number, word: string) => Array.from({ length: n }, (_, i) => `${word} ${i}\n`).join('');

let dir: string;
let remove: () => void;
let mails: string[];
beforeEach(() => {
  ({ dir, remove } = makeFolder());
  makeRepository(dir, [
    { files: { a: lines(30, 'line'), b: 'b\n' }, message: 'base' },
    { files: { a: lines(30, 'line').replace('line 7', '-- dashes') }, message: 'a: one\n\nWhy one.\n' },
    { files: { c: 'new\n' }, message: 'c: two\n\nWhy two.\n' },
  ]);
  git(dir, ['rm', '-q', 'b']);
  git(dir, ['commit', '-qm', 'b: three']);
  mails = formatPatch(dir, '--thread=shallow');
});
afterEach(() => remove());

const importMails = async (text: string | Buffer) => {
  const file = join(dir, 'in.mbox');
  writeFileSync(file, text);
  const options = { name: null, base: '7.2', revision: null, message: null, partial: false, dryRun: false };
  return importSeries({ mailbox: file, into: join(dir, 'patches'), ...options });
};

/** The tree that git am of a series gives. */
const treeOf = async (folder: string) => {
  git(dir, ['checkout', '-qf', '--detach', 'main~3']);
  const { patches } = await loadSeries(folder);
  git(dir, ['am', '-q', ...patches.map(({ file }) => join(folder, file))]);
  return git(dir, ['rev-parse', 'HEAD^{tree}']);
};

const withParts = (mail: string, type: string, body: string) => {
  const { head } = cutMail(mail);
  return `From x\n${head}\nMIME-Version: 1.0\nContent-Type: multipart/${type}; boundary="=b"\n\n${body}--=b--\n`;
};
const part = (headers: string, body: string) => `--=b\n${headers}\n\n${body}\n`;
const base64 = (text: string) =>
  (
    Buffer.from(text)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\n');

const signed = (mail: string) =>
  withParts(
    mail,
    'signed',
    part(
      'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64',
      base64(cutMail(mail).body),
    ) + part('Content-Type: application/pgp-signature', '-----BEGIN PGP SIGNATURE-----'),
  );

const attached = (mail: string) => {
  const { body } = cutMail(mail);
  const at = body.indexOf('diff --git');
  const type = 'Content-Type: text/x-diff; name=x.diff\nContent-Disposition: attachment; filename=x.diff';
  return withParts(
    mail,
    'mixed',
    part('Content-Type: text/plain', body.slice(0, at)) + part(type, body.slice(at)),
  );
};

const alternative = (mail: string) => {
  const { body } = cutMail(mail);
  return withParts(
    mail,
    'alternative',
    part('Content-Type: text/plain; charset=utf-8', body) +
      part('Content-Type: text/html; charset=utf-8', `<pre>${body.replaceAll('<', '&lt;')}</pre>`),
  );
};

describe.each<[string, (mails: readonly string[]) => string | Buffer]>([
  ['plain', mailbox],
  ['packed', (all) => gzipSync(mailbox(all))],
  ['signed', (all) => mailbox(all.map(signed))],
  ['attached', (all) => mailbox(all.map(attached))],
  ['with a copy in HTML', (all) => mailbox(all.map(alternative))],
  [
    'never mailed, nor numbered',
    (all) =>
      all
        .map((mail) => mail.replace(/^(?:Message-ID|In-Reply-To|References): .*\n/gim, ''))
        .map((mail) => `${mail.replace(/\[PATCH \d\/3\]/, '[PATCH]')}\n`)
        .join(''),
  ],
  ['with one Message-Id', (all) => mailbox(all).replaceAll(/^(Message-ID): .*/gim, '$1: <same@x>')],
  [
    'as quilt has them',
    (all) => mailbox(all).replaceAll(/^(?:diff --git|index|new file mode|deleted file mode) .*\n/gm, ''),
  ],
  [
    'of diff -u between two folders',
    (all) =>
      mailbox(all)
        .replaceAll(/^diff --git a\/(.*) b\/.*\n/gm, `Index: linux/$1\n${'='.repeat(67)}\n`)
        .replaceAll(/^(?:index|new file mode|deleted file mode) .*\n/gm, '')
        .replaceAll(/^--- a\/(.*)/gm, '--- linux.orig/$1\t2026-11-01 10:00:00.000000000 +0100')
        .replaceAll(/^\+\+\+ b\/(.*)/gm, '+++ linux/$1\t2026-11-01 11:00:00.000000000 +0100'),
  ],
])('mails that are %s', (_, make) => {
  it('are the same patches to import, to compare, and in the archive', async () => {
    const imported = await importMails(make(mails));
    expect(await treeOf(imported.dir)).toBe(git(dir, ['rev-parse', 'main^{tree}']));
    const { patches } = await loadSeries(imported.dir);
    expect(patches.map(({ subject }) => subject)).toEqual(['a: one', 'c: two', 'b: three']);
    const said = patches.map(({ subject, message, notes, changes }) => ({
      subject,
      message,
      notes,
      changes,
    }));
    expect(await mailedPatches(join(dir, 'in.mbox'))).toMatchObject(said);
    expect((await readPosted(imported.dir, 1)).patches).toMatchObject(said.map((patch) => ({ patch })));
  });
});

it('takes a mail with several patches for no patch', async () => {
  const first = (mails[0] ?? '').replace('[PATCH 1/3]', '[PATCH]');
  const each = mails.map((mail) => part('Content-Type: text/x-patch; name=0001-x.patch', mail)).join('');
  const whole = part('Content-Type: text/x-patch; name=all.patch', mails.join(''));
  for (const body of [each, whole])
    await expect(importMails(mailbox([withParts(first, 'mixed', body)]))).rejects.toMatchObject({
      code: 'mail-bundle',
      why: '3 are attached to it',
    });
});

it('leaves out what is above scissors, which is for people', async () => {
  const [mail = ''] = formatPatch(dir, '-1');
  const { head, body } = cutMail(mail);
  const talk =
    'Hi,\n\nhow about this?\n\n-- >8 --\nFrom: B <b@example.org>\nSubject: [PATCH] b: better\n\nWhy.\n\n';
  const { patches } = await loadSeries((await importMails(`From x\n${head}\n\n${talk}${body}`)).dir);
  expect(patches).toMatchObject([
    { subject: 'b: better', author: { name: 'B', address: 'b@example.org' }, message: 'Why.' },
  ]);
});
