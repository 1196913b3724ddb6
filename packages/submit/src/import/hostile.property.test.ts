// SPDX-License-Identifier: MIT
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ForeseenError } from '@uio-msi/model';
import { loadSeries } from '@uio-msi/series';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PROPERTY } from '../../../series/testing/property.js';
import { encoded, mailbox, reply } from '../../testing/mails.js';
import { formatPatch, makeFolder, makeRepository } from '../../testing/repository.js';
import { collectTrailers } from '../trailers/collect.js';
import { importSeries } from './import.js';

/** What a mail might have in it that is meant for the machine rather than for its reader. */
const SNIPPETS = [
  '../../../../escaped',
  '/etc/escaped',
  '.git/hooks/post-checkout',
  'diff --git a/../escaped b/../escaped\nnew file mode 100644\n--- /dev/null\n+++ b/../escaped\n@@ -0,0 +1 @@\n+x\n',
  'diff --git a/x b/x\nnew file mode 120000\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+/etc/passwd\n',
  'rename from a\nrename to /dev/sda\n',
  '\0',
  'NUL',
  'CON.patch',
  '\r\n',
  '\nFrom a@b Thu Jan  1 00:00:00 1970\nSubject: [PATCH] new\n\n',
  '\n>From x\n',
  '\nSubject: [PATCH v99 1/9999] ../../x\n',
  '\nSubject: =?UTF-8?B?Li4vLi4vLi4vZXNjYXBlZA==?=\n',
  '\nSubject: =?bogus?X?%%%?=\n',
  '\nMessage-ID: <../../escaped>\n',
  '\nReferences: <a> <a> <b>\nIn-Reply-To: <a>\n',
  '\nDate: Thu, 99 Foo 20777 99:99:99 +9999\n',
  '\nFrom: "a\\"b" <x@y> (c)\n',
  '\nContent-Transfer-Encoding: base64\n',
  '\nContent-Transfer-Encoding: quoted-printable\n',
  '\nContent-Type: text/plain; charset=utf-16le\n',
  '\nContent-Type: text/plain; format=flowed\n',
  '\nContent-Type: multipart/mixed; boundary="="\n\n--=\n',
  '\nchange-id: ../../../escaped\n',
  '@@ -1,999999999 +1,999999999 @@\n',
  '@@ -0,0 +1 @@',
  '---\n',
  '-- \n',
  'Reviewed-by: X <x@y<mailto:x@y>>\n',
  '\u001b]0;title\u0007',
  '\ud800',
  '='.repeat(300),
  '<'.repeat(300),
  '['.repeat(300),
  '('.repeat(300),
];

type Mutation = (text: string, at: number, length: number, snippet: string) => string;

const MUTATIONS: readonly Mutation[] = [
  (text, at, _, snippet) => text.slice(0, at) + snippet + text.slice(at),
  (text, at, length) => text.slice(0, at) + text.slice(at + length),
  (text, at, length) => text.slice(0, at + length) + text.slice(at),
  (text, at) => text.slice(0, at),
  (text, at, length) => text.slice(0, at) + String.fromCharCode(length & 255) + text.slice(at + 1),
  (text, at, length) => {
    const lines = text.split('\n');
    const [i, j] = [at % lines.length, (at + length) % lines.length];
    [lines[i], lines[j]] = [lines[j] ?? '', lines[i] ?? ''];
    return lines.join('\n');
  },
];

const change = fc.record({
  mutate: fc.constantFrom(...MUTATIONS),
  // Most of what decides is in the headers.
  where: fc.oneof(fc.double({ min: 0, max: 0.25, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
  length: fc.integer({ min: 0, max: 400 }),
  snippet: fc.constantFrom(...SNIPPETS),
});

/** A mail of a corpus with one to four changes; bytes are characters up to U+00FF. */
const mutatedMail = (corpus: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...corpus), fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([mail, changes]) =>
      changes.reduce(
        (text, { mutate, where, length, snippet }) =>
          mutate(text, Math.floor(where * text.length), length, snippet),
        mail,
      ),
    );

// Real mailboxes, where the machine has them.
const SHARED = join(import.meta.dirname, '../../../../../shared/mail');

const MAILS = 10_000;
const PER_MAILBOX = 10;
const SECONDS = 10;

let dir: string;
let remove: () => void;
let corpora: string[][];
let series: Awaited<ReturnType<typeof loadSeries>>;

const options = (into: string, mails: string) => ({
  mailbox: mails,
  into,
  name: null,
  base: '7.2',
  revision: null,
  message: null,
  partial: true,
  dryRun: false,
});

beforeAll(async () => {
  ({ dir, remove } = makeFolder());
  const source = join(dir, 'source');
  mkdirSync(source);
  makeRepository(source, [
    { files: { a: '1\n2\n' }, message: 'base' },
    { files: { a: '1\nzwölf\n' }, message: 'a: prüfe\n\nÜber.\n\nSigned-off-by: A <a@example.org>\n' },
    { files: { b: '3\n' }, message: 'b: second' },
  ]);
  const plain = formatPatch(source, '--thread', '--cover-letter', '-v2');
  const answers = plain.map((_, n) =>
    reply(`r${n}`, `x${n}`, '[PATCH v2 1/2] a', 'R <r@example.org>', 'Acked-by: R <r@example.org>'),
  );
  const real = existsSync(SHARED) ? readdirSync(SHARED).filter((name) => name.endsWith('.mbox')) : [];
  corpora = [
    [...plain, ...answers],
    plain.map((mail) => encoded(mail, 'base64')),
    plain.map((mail) => encoded(mail, 'quoted-printable')),
    ...real.map((name) => readFileSync(join(SHARED, name), 'latin1').split(/^(?=From \S+ .*\d{4}$)/m)),
  ];
  writeFileSync(join(dir, 'good.mbox'), mailbox(plain));
  series = await loadSeries((await importSeries(options(join(dir, 'good'), join(dir, 'good.mbox')))).dir);
});
afterAll(() => remove());

it(`${MAILS} mutated mails: an error that was foreseen or a series, and nothing written elsewhere`, {
  timeout: 1_800_000,
}, async () => {
  const file = join(dir, 'hostile.mbox');
  const into = join(dir, 'in', 'patches');
  let imported = 0;
  const mails = fc.integer({ min: 0, max: 99 }).chain((n) =>
    fc.array(mutatedMail(corpora[n % corpora.length] ?? []), {
      minLength: PER_MAILBOX,
      maxLength: PER_MAILBOX,
    }),
  );
  await fc.assert(
    fc.asyncProperty(mails, async (some) => {
      const bytes = some.map((mail) =>
        mail.startsWith('From ') ? mail : `From x@y Thu Jan  1 00:00:00 1970\n${mail}`,
      );
      writeFileSync(file, Buffer.from(bytes.join('\n'), 'latin1'));
      const started = Date.now();
      try {
        await importSeries(options(into, file));
        imported += 1;
      } catch (error) {
        if (!(error instanceof ForeseenError)) throw error;
      }
      await collectTrailers(series, file);
      expect(Date.now() - started).toBeLessThan(SECONDS * 1000);
      // What was made is a series that can be read, under a plain name; nothing is beside it.
      for (const name of existsSync(into) ? readdirSync(into) : []) {
        expect(name).toMatch(/^[a-z0-9][a-z0-9_-]*$/);
        await loadSeries(join(into, name));
      }
      expect(readdirSync(dir).sort()).toEqual([
        'good',
        'good.mbox',
        'hostile.mbox',
        ...(existsSync(into) ? ['in'] : []),
        'source',
      ]);
      rmSync(join(dir, 'in'), { recursive: true, force: true });
    }),
    { ...PROPERTY, numRuns: MAILS / PER_MAILBOX, endOnFailure: true },
  );
  expect(existsSync('/etc/escaped')).toBe(false);
  expect(imported).toBeGreaterThan(20);
});
