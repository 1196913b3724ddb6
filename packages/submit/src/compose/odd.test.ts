// SPDX-License-Identifier: MIT
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSeries } from '@uio-msi/series';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { mailbox } from '../../testing/mails.js';
import { amResult, formatPatch, git, makeFolder, makeRepository } from '../../testing/repository.js';
import { importSeries } from '../import/import.js';
import { composeRevision } from './compose.js';

let dir: string;
let remove: () => void;
beforeEach(() => {
  ({ dir, remove } = makeFolder());
});
afterEach(() => remove());

const SENDER = { name: 'Jörg Exämple', address: 'joerg@example.org' };
const FORMAT = ['--zero-commit', '--from', '--to=A List <list@example.org>', '--numbered'];
const lines = (changed: string) =>
  Array.from({ length: 30 }, (_, at) => `${at === 9 ? changed : `line ${at}`}\n`).join('');

const composed = async (): Promise<string[]> => {
  writeFileSync(join(dir, '.git/in.mbox'), mailbox(formatPatch(dir, '--numbered')));
  const { dir: folder } = await importSeries({
    mailbox: join(dir, '.git/in.mbox'),
    into: join(dir, '.git/patches'),
    name: 'x',
    base: '7.2',
    revision: null,
    message: null,
    partial: false,
    dryRun: false,
  });
  const series = await loadSeries(folder);
  const { messages } = await composeRevision({
    series,
    sender: SENDER,
    to: [{ name: 'A List', address: 'list@example.org' }],
    cc: [],
    resend: false,
    stat: '',
  });
  return messages.flatMap(({ patch, raw }) => (patch ? [raw] : []));
};

const withoutThread = (raw: string): string =>
  `From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\n${raw.replace(/^(?:Message-Id|In-Reply-To|References): .*\n/gm, '')}`;

/** What git am makes of mails. */
const made = (mails: readonly string[], name: string) => {
  const files = mails.map((text, at) => {
    const path = join(dir, '.git', `${name}${at}`);
    writeFileSync(path, text);
    return path;
  });
  return amResult(dir, files);
};

const sameBytes = (mails: readonly string[]): void =>
  expect(mails.map(withoutThread)).toEqual(formatPatch(dir, ...FORMAT));

const sameCommits = (mails: readonly string[]): void => {
  const ours = made(
    mails.map((raw) => `From 0 Mon Sep 17 00:00:00 2001\n${raw}`),
    'ours',
  );
  expect(ours).toEqual(made(formatPatch(dir, ...FORMAT), 'gits'));
  expect(ours.tree).toBe(git(dir, ['rev-parse', 'HEAD^{tree}']).trim());
};

const USUAL = { files: { a: lines('changed') }, message: 'uio: x\n\nWhy.\n' };
const repositoryWith = (change: object): void =>
  makeRepository(dir, [
    { files: { a: lines('base') }, message: 'base' },
    { ...USUAL, ...change },
    { files: { z: 'z\n' }, message: 'z' },
  ]);

it.each([
  ['a name with quotes and commas', { author: 'D. "E" F, Jr. <def@example.org>' }],
  ['a name that needs encoding twice over', { author: `${'Ünïcödé '.repeat(12)}<u@example.org>` }],
  ['a name with a dot and brackets', { author: 'J. (Joe) Doe [x] <joe@example.org>' }],
  ['a name that looks encoded', { author: '=?UTF-8?q?x?= <joe@example.org>' }],
  ['a subject of one long word', { message: `uio: ${'x'.repeat(300)}\n` }],
  ['a subject that looks encoded', { message: 'uio: =?UTF-8?q?x?= y\n' }],
  ['a subject on three lines', { message: 'uio: one\ntwo\nthree\n\nWhy.\n' }],
  ['emoji and right to left', { message: 'uio: 🚀 שלום\n\nWhy 🚀.\n' }],
  ['spaces at the ends of lines', { message: 'uio: x\n\nWhy.   \n\tand how\t\n' }],
  ['a line of 2000 characters', { message: `uio: x\n\n${'long '.repeat(400)}\n` }],
  ['scissors', { message: 'uio: x\n\nWhy.\n-- >8 --\nHow.\n' }],
  ['a signature', { message: 'uio: x\n\nWhy.\n-- \nJoe\n' }],
  [
    'what looks indented like a diff',
    { message: 'uio: x\n\n    diff --git a/a b/a\n    --- a/a\n    +++ b/a\n    @@ -1 +1 @@\n    -x\n' },
  ],
  ['two empty lines, and a tag', { message: 'uio: x\n\nWhy.\n\n\nHow.\n\nLink: https://example.org/ü\n' }],
  ['another zone', { date: '2026-11-05T10:00:00-0930' }],
  ['a file without a last line end', { files: { a: lines('x').trimEnd() } }],
])('is what git makes: %s', async (_, change) => {
  repositoryWith(change);
  const mails = await composed();
  sameBytes(mails);
  sameCommits(mails);
});

// git am takes tags off a subject, and headers off a body: so does whoever imports.
it.each([
  ['a subject with brackets', { message: '[not a tag] uio: x\n\nWhy.\n' }],
  [
    'a body that begins like a header',
    { message: 'uio: x\n\nFrom: Somebody <s@example.org>\nSubject: y\n\nWhy.\n' },
  ],
])('is what git am makes of what git makes: %s', async (_, change) => {
  repositoryWith(change);
  sameCommits(await composed());
});

// git am takes it for the next mail of a mailbox, and fails.
it('is what git makes: a line as between mails', async () => {
  repositoryWith({ message: 'uio: x\n\nFrom joe@example.org Mon Sep 17 00:00:00 2001\n>From here.\n' });
  sameBytes(await composed());
});

it('is what git makes: renames, modes, removals', async () => {
  makeRepository(dir, [
    { files: { a: lines('base'), b: 'b\n', c: 'c\n' }, message: 'base' },
    { files: { b: 'bb\n' }, message: 'uio: first' },
  ]);
  git(dir, ['mv', 'a', 'moved']);
  git(dir, ['rm', '-q', 'c']);
  chmodSync(join(dir, 'b'), 0o755);
  git(dir, ['commit', '-qam', 'uio: move']);
  writeFileSync(join(dir, 'moved'), lines('again'));
  git(dir, ['commit', '-qam', 'uio: change']);
  const mails = await composed();
  sameBytes(mails);
  sameCommits(mails);
});
