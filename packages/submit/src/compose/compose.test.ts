// SPDX-License-Identifier: MIT
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSeries } from '@uio-msi/series';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mailbox } from '../../testing/mails.js';
import { amResult, formatPatch, git, makeFolder, makeRepository } from '../../testing/repository.js';
import { importSeries } from '../import/import.js';
import { revisionDigest } from '../message/digest.js';
import type { Message, Revision } from '../message/message.js';
import { composeRevision } from './compose.js';

const SENDER = { name: 'Jörg Exämple', address: 'joerg@example.org' };
const TO = [{ name: 'A List', address: 'list@example.org' }];
const CC = [
  { name: '', address: 'c@example.org' },
  { name: 'D. "E" F', address: 'd@example.org' },
];

const CHANGES = [
  { files: { a: '1\n2\n3\n', b: 'x' }, message: 'base' },
  {
    files: { a: '1\nzwölf\n3\n' },
    message: `uio: ${'a long subject '.repeat(8)}\n\nBody, ASCII.\n\nSigned-off-by: Jörg Exämple <joerg@example.org>\n`,
    author: 'Somebody Else <else@example.org>',
  },
  {
    files: { b: 'y\n' },
    message: 'Prüfung: ein Betreff mit Ümläuten, lang genug, um gefaltet zu werden\n\nÜber.\n',
  },
  { files: { a: '2\n3\n', c: 'c\n' }, message: 'short' },
];

let dir: string;
let remove: () => void;
beforeEach(() => {
  ({ dir, remove } = makeFolder());
});
afterEach(() => remove());

const seriesOf = async (mails: readonly string[], name: string) => {
  writeFileSync(join(dir, '.git/in.mbox'), mailbox(mails));
  const { dir: folder } = await importSeries({
    mailbox: join(dir, '.git/in.mbox'),
    into: join(dir, '.git/patches'),
    name,
    base: '7.2',
    revision: null,
    message: null,
    partial: false,
    dryRun: false,
  });
  return folder;
};

const compose = async (folder: string, options = {}): Promise<Revision> =>
  composeRevision({
    series: await loadSeries(folder),
    sender: SENDER,
    to: TO,
    cc: CC,
    resend: false,
    stat: '',
    ...options,
  });

const withoutThread = ({ raw }: Message): string =>
  `From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\n${raw.replace(/^(?:Message-Id|In-Reply-To|References): .*\n/gm, '')}`;

const FORMAT = [
  '--zero-commit',
  '--from',
  '--to=A List <list@example.org>',
  '--cc=c@example.org',
  '--cc="D. \\"E\\" F" <d@example.org>',
];

describe('every mail is, byte for byte, what git format-patch writes', () => {
  it.each([
    ['a first revision', ['--numbered']],
    ['a third one', ['-v3']],
  ])('of %s', async (_, options) => {
    makeRepository(dir, CHANGES);
    const folder = await seriesOf(formatPatch(dir, ...options), 'x');
    const { messages } = await compose(folder);
    const expected = formatPatch(dir, ...FORMAT, ...options);
    expect(messages.slice(1).map(withoutThread)).toEqual(expected);
    expect(messages.map(({ file }) => file.replace(/^v3-/, ''))).toEqual([
      '0000-cover-letter.patch',
      expect.stringMatching(/^0001-uio-a-long-subject-a-long-subject-a-long-subject-[al-]*\.patch$/),
      expect.stringMatching(/^0002-Pr-fung/),
      '0003-short.patch',
    ]);
  });

  it('of a patch alone, without a cover letter', async () => {
    makeRepository(dir, CHANGES.slice(0, 2));
    const base = `--base=${git(dir, ['rev-list', '--max-parents=0', 'HEAD']).trim()}`;
    // Import reads the base that git wrote.
    const { messages, series } = await compose(await seriesOf(formatPatch(dir, base), 'x'));
    const [written = ''] = formatPatch(dir, ...FORMAT, base);
    const tracked = written.replace(
      /^base-commit: .*\n/m,
      (line) => `${line}change-id: ${series.changeId}\n`,
    );
    expect(messages.map(withoutThread)).toEqual([tracked]);
    expect(messages[0]?.inReplyTo).toBeNull();
  });

  it('of a cover letter, but for the lines that say where the series belongs', async () => {
    makeRepository(dir, CHANGES);
    const folder = await seriesOf(formatPatch(dir), 'x');
    writeFileSync(join(folder, 'cover.md'), '# x\n\nWhy it is done.\n\n- one\n');
    const { messages, series } = await compose(folder, {
      series: { ...(await loadSeries(folder)), subject: 'the whole of it' },
      sender: { name: 'J Example', address: 'joerg@example.org' },
      stat: git(dir, ['diff', '--stat', '--summary', 'HEAD~3', 'HEAD']),
    });
    git(dir, ['config', 'branch.main.description', 'the whole of it\n\nWhy it is done.\n\n- one\n']);
    const [cover = ''] = formatPatch(dir, ...FORMAT, '--cover-letter', '--cover-from-description=subject');
    const expected = cover
      .replace(/^Date: .*$/m, 'Date: ')
      .replace('From: Jörg Exämple', 'From: J Example') // which git 2.39 does not encode here
      .replace('\n-- \n', `\nchange-id: ${series.changeId}\n-- \n`);
    const ours = withoutThread(messages[0] as Message).replace(/^Date: .*$/m, 'Date: ');
    // git 2.39 says nothing of a cover letter's character set; ours does when it is not ASCII.
    expect(ours.replace(/^(?:MIME-Version|Content-.*): .*\n/gm, '')).toBe(
      expected.replace(/^(?:MIME-Version|Content-.*): .*\n/gm, ''),
    );
  });
});

it('git am of the mails restores the tree', async () => {
  makeRepository(dir, CHANGES);
  const mails = formatPatch(dir, '-v2');
  const { messages } = await compose(await seriesOf(mails, 'x'));
  const files = messages.slice(1).map(({ file, raw }) => {
    writeFileSync(join(dir, '.git', file), `From 0 Mon Sep 17 00:00:00 2001\n${raw}`);
    return join(dir, '.git', file);
  });
  expect(amResult(dir, files).tree).toBe(git(dir, ['rev-parse', 'HEAD^{tree}']).trim());
});

it('threads below the cover letter, with identities that stay', async () => {
  makeRepository(dir, CHANGES);
  const folder = await seriesOf(formatPatch(dir), 'x');
  const [first, again] = [await compose(folder), await compose(folder)];
  const ids = first.messages.map(({ messageId }) => messageId);
  expect(again.messages.map(({ messageId }) => messageId)).toEqual(ids);
  expect(new Set(ids).size).toBe(4);
  expect(ids[1]).toMatch(/^\d{8}-x-v1-1-[0-9a-f]{12}@example\.org$/);
  expect(first.messages.map(({ inReplyTo }) => inReplyTo)).toEqual([null, ids[0], ids[0], ids[0]]);
  expect(first.messages[2]?.subject).toMatch(/^\[PATCH 2\/3\] Prüfung/);
  expect((await compose(folder, { resend: true })).messages[1]?.raw).toMatch(
    /^Subject: \[RESEND PATCH 1\/3\]/m,
  );
});

it('says below the rule what changed, and its digest changes with any of it', async () => {
  makeRepository(dir, CHANGES);
  const folder = await seriesOf(formatPatch(dir), 'x');
  const before = revisionDigest(await compose(folder));
  const manifest = join(folder, 'series.yaml');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('revision: 1', 'revision: 2'));
  const revision = await compose(folder);
  expect(revision.messages[1]?.body).toContain('\n---\nv2: (no changes since v1)\n---\n a | 2 +-\n');
  expect(revision.messages[0]?.body).toContain('Changes since v1');
  const digests = [
    before,
    revisionDigest(revision),
    revisionDigest(await compose(folder, { cc: [] })),
    revisionDigest(await compose(folder, { sender: { ...SENDER, name: 'J' } })),
    revisionDigest(await compose(folder, { resend: true })),
  ];
  expect(new Set(digests).size).toBe(digests.length);
});

it('names recipients so that any server takes the header', async () => {
  makeRepository(dir, CHANGES.slice(0, 2));
  const to = [{ name: `Jürgen ${'ö'.repeat(60)}`, address: 'j@example.org' }];
  const { messages } = await compose(await seriesOf(formatPatch(dir), 'x'), { to });
  const header = /^To: (?:.*\n )*.*$/m.exec(messages[0]?.raw ?? '')?.[0] ?? '';
  expect(header).toMatch(/^To: (?:=\?UTF-8\?q\?[\w=]+\?=\s+)+<j@example\.org>$/);
  expect(Math.max(...header.split('\n').map((line) => line.length))).toBeLessThan(100);
});
