// SPDX-License-Identifier: MIT
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeWorkshop, type Workshop } from '../../testing/work.js';
import { readSide } from '../range/sides.js';
import { readChanges, renderCover } from './changes.js';
import { archivePosted, postedRevisions, readPosted } from './posted.js';
import { parseTracking, trackingLines } from './tracking.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let shop: Workshop;
beforeEach(async () => {
  shop = await makeWorkshop();
});
afterEach(() => shop.remove());

const FILES = ['0001-tiny-first.patch', '0002-tiny-second.patch', '0003-tiny-third.patch'];

/** The patches of the series as mails, some of them otherwise. */
const mailed = async (edit: (text: string, at: number) => string | null) => {
  const texts = await Promise.all(FILES.map((file) => readFile(join(shop.folder, file), 'utf8')));
  return texts
    .flatMap((text, at) => edit(text.replace('[PATCH]', `[PATCH ${at + 1}/3]`), at) ?? [])
    .map((text) => `${text}\n`)
    .join('');
};

describe('a revision behind a posted one', () => {
  beforeEach(async () => {
    const v1 = await mailed((text, at) => [text.replace('+first', '+older'), null, text][at] ?? null);
    await archivePosted(shop.folder, 1, v1);
  });

  it('knows what is new, changed and unchanged, and says so below --- by itself', async () => {
    const { since, patches } = await readChanges(await shop.series());
    expect(since).toBe(1);
    expect(patches.map(({ news, text, notes }) => [news, text, notes])).toEqual([
      ['changed', ' - one', 'v2:\n - one'],
      ['new', '', 'v2: new patch'],
      ['unchanged', '', 'v2: (no changes since v1)'],
    ]);
  });

  it('takes tags that were given, and a sign-off, for no change', async () => {
    const file = join(shop.folder, FILES[2] ?? '');
    const signed = (await readFile(file, 'utf8')).replace(
      /\n---\n/,
      '\n\nReviewed-by: R <r@example.org>\nSigned-off-by: A <a@example.org>\n---\n',
    );
    await writeFile(file, signed);
    expect((await readChanges(await shop.series())).patches[2]).toMatchObject({
      news: 'unchanged',
      notes: 'v2: (no changes since v1)',
    });
    await writeFile(file, signed.replace(/^From: .*$/m, 'From: B <b@example.org>'));
    expect((await readChanges(await shop.series())).patches[2]?.news).toBe('changed');
  });

  it('does not make up what somebody has to say', async () => {
    const file = join(shop.folder, FILES[0] ?? '');
    await writeFile(file, (await readFile(file, 'utf8')).replace('v2:\n - one\n---\n', ''));
    const changes = await readChanges(await shop.series());
    expect(changes.patches[0]).toMatchObject({ news: 'changed', text: '', notes: '' });
    const said = 'Patch 2, tiny: second: new patch\n\nPatch 3, tiny: third: (no changes since v1)\n';
    expect(renderCover('# tiny\n', changes)).toBe(`# tiny\n\n## Changes since v1\n\n${said}`);
    const alone = { ...changes, patches: changes.patches.slice(0, 1) };
    expect(renderCover('# tiny\n', alone)).toBe('# tiny\n');
  });

  it('takes a patch of the same subject for the same, whatever it does now', async () => {
    const other = (text: string) => text.replaceAll(/^\+c .*$/gm, '+other');
    await archivePosted(shop.folder, 1 + 2, await mailed((text, at) => (at === 2 ? other(text) : text)));
    const { dropped, patches } = await readChanges({ ...(await shop.series()), revision: 'v4' });
    expect(dropped).toEqual([]);
    expect(patches.map(({ news }) => news)).toEqual(['unchanged', 'unchanged', 'changed']);
  });

  it('is in the cover letter, behind what the cover says of all of it', async () => {
    const changes = await readChanges(await shop.series());
    const said = [
      'Patch 1, tiny: first\n - one',
      'Patch 2, tiny: second: new patch',
      'Patch 3, tiny: third: (no changes since v1)',
    ].join('\n\n');
    expect(renderCover('# tiny\n\nWords.\n', changes)).toBe(
      `# tiny\n\nWords.\n\n## Changes since v1\n\n${said}\n`,
    );
    expect(renderCover('# tiny\n\n## Changes since v1\n\nRebased.\n\n## More\n\nWords.\n', changes)).toBe(
      `# tiny\n\n## Changes since v1\n\nRebased.\n\n${said}\n\n## More\n\nWords.\n`,
    );
  });

  it('names what was dropped', async () => {
    await archivePosted(
      shop.folder,
      3,
      await mailed((text) => text.replace('tiny: first', 'tiny: gone').replaceAll('first', 'gone')),
    );
    const series = { ...(await shop.series()), revision: 'v4' };
    const { dropped, patches } = await readChanges({ ...series, patches: series.patches.slice(1) });
    expect(dropped).toEqual(['tiny: gone']);
    expect(patches.map(({ notes }) => notes)).toEqual([
      'v4: (no changes since v3)',
      'v4: (no changes since v3)',
    ]);
  });

  it('is one side of a comparison, as is its line, a mailbox, or itself', async () => {
    const series = await shop.series();
    const file = join(shop.dir, 'their.mbox');
    await writeFile(file, 'of another reader');
    const read = (name: string) => readSide(series, name, async () => series.patches.slice(0, 1));
    for (const [name, count] of [
      ['v1', 2],
      ['v2', 3],
      ['current', 3],
      ['6.1', 3],
      ['6.1.155', 3],
      [file, 1],
    ] as const)
      expect((await read(name)).patches, name).toHaveLength(count);
    await expect(read('v7')).rejects.toMatchObject({ code: 'posted-missing' });
    await expect(read('nothing.mbox')).rejects.toMatchObject({ code: 'side-unknown' });
  });

  it('cannot be changed any more', async () => {
    const v1 = (await readPosted(shop.folder, 1)).text;
    await archivePosted(shop.folder, 1, v1);
    await expect(archivePosted(shop.folder, 1, `${v1}\n`)).rejects.toMatchObject({ code: 'posted-again' });
    await writeFile(join(shop.folder, 'posted/v1.mbox'), v1.replace('Why', 'why'));
    await expect(readPosted(shop.folder, 1)).rejects.toMatchObject({ code: 'posted-changed' });
    await writeFile(join(shop.folder, 'posted/v2.mbox'), v1);
    await expect(readPosted(shop.folder, 2)).rejects.toMatchObject({ code: 'posted-unlisted' });
    expect(await postedRevisions(shop.folder)).toEqual([1, 2]);
  });
});

it('a first revision has no changes', async () => {
  const changes = await readChanges(await shop.series());
  expect(changes.since).toBeNull();
  expect(renderCover('# tiny\n', changes)).toBe('# tiny\n');
  expect(changes.patches.map(({ notes }) => notes)).toEqual(['v2:\n - one', '', '']);
});

it('says where it belongs in the words of git and b4', async () => {
  const series = {
    ...(await shop.series()),
    baseCommit: 'a'.repeat(40),
    prerequisites: [
      { series: 'other' },
      { 'change-id': '2026-x', revision: 3 },
      { 'patch-id': 'b'.repeat(40) },
    ],
  };
  const other = { ...series, name: 'other', changeId: '2026-other', revision: 'v5' };
  const known = [other];
  const lines = [
    `base-commit: ${'a'.repeat(40)}`,
    'change-id: 20261005-tiny-0123456789ab',
    'prerequisite-change-id: 2026-x:v3',
    `prerequisite-patch-id: ${'b'.repeat(40)}`,
  ];
  expect(await trackingLines(series, known)).toEqual(lines);
  // The open revision, v5, nobody else has.
  for (const revision of [2, 4]) await archivePosted(shop.folder, revision, await mailed((text) => text));
  expect(await trackingLines(series, known)).toEqual(
    lines.toSpliced(2, 0, 'prerequisite-change-id: 2026-other:v4'),
  );
});

it('reads the lines back that it writes, and leaves others alone', () => {
  const text = [
    'Why.',
    '> base-commit: 1111111111111111111111111111111111111111',
    `base-commit: ${'a'.repeat(40)}`,
    'base-commit: HEAD',
    'change-id: 2026-x',
    'prerequisite-change-id: 20230101-foo-abc:v2',
    'prerequisite-change-id: ../x:v0',
    'prerequisite-message-id: <a@b.org>',
    `prerequisite-patch-id: ${'b'.repeat(40)}`,
  ].join('\n');
  expect(parseTracking(text)).toEqual({
    baseCommit: 'a'.repeat(40),
    prerequisites: [
      { 'change-id': '20230101-foo-abc', revision: 2 },
      { 'message-id': 'a@b.org' },
      { 'patch-id': 'b'.repeat(40) },
    ],
  });
  expect(parseTracking('prerequisite-patch-id: x\n'.repeat(9)).prerequisites).toEqual([]);
});
