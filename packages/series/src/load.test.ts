// SPDX-License-Identifier: MIT
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Files, writeFiles } from '../testing/repository.js';
import { FOLDER, MANIFEST } from '../testing/series-folder.js';
import { loadSeries } from './load.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'uio-msi-series-'));
});
afterEach(() => rm(dir, { recursive: true }));

const load = async (changes: Files = {}) => {
  await writeFiles(
    dir,
    Object.fromEntries(Object.entries({ ...FOLDER, ...changes }).filter(([, text]) => text !== null)),
  );
  return await loadSeries(dir);
};

it('reads all of a series', async () => {
  const series = await load();
  expect(series).toMatchObject({
    name: 'uio_example',
    revision: 'v2',
    changeId: '20261005-uio-example-0123456789ab',
    subject: 'uio: an example',
    base: '7.2',
    config: ['CONFIG_UIO=m'],
    modules: ['drivers/uio/uio.ko'],
    selftests: [],
    matrix: { kernels: ['7.2', '6.12'] },
    dir,
  });
  expect(series.patches.map(({ file }) => file)).toEqual(['0001-a.patch', '0002-b.patch']);
  expect(series.variants).toMatchObject([
    {
      line: '6.12',
      patch: '0002-b.patch',
      why: 'because',
      replacement: { file: 'variants/6.12/0002-b.patch' },
    },
  ]);
});

it.each([
  ['no patch file', { '0002-b.patch': null }, 'file-missing', '0002-b.patch'],
  ['no variant file', { 'variants/6.12/0002-b.patch': null }, 'file-missing', 'variants/6.12/0002-b.patch'],
  ['no series.yaml', { 'series.yaml': null }, 'file-missing', 'series.yaml'],
  ['no list for quilt', { series: null }, 'file-missing', 'series'],
  ['another order for quilt', { series: '0002-b.patch\n0001-a.patch\n' }, 'series-mismatch', 'series'],
  ['one patch fewer for quilt', { series: '0001-a.patch\n#0002-b.patch\n' }, 'series-mismatch', 'series'],
  [
    'one patch more for quilt',
    { series: '0001-a.patch\n0002-b.patch\n3.patch\n' },
    'series-mismatch',
    'series',
  ],
] as const)('refuses %s', async (_, changes, code, file) => {
  await expect(load(changes)).rejects.toMatchObject({
    code,
    exitCode: 2,
    message: expect.stringContaining(file),
  });
});

it.each([
  ['no YAML', '{', /series.yaml/],
  ['nothing', '', /series.yaml/],
  ['a change-id that is a path', MANIFEST.replace(/^change-id: .*$/m, 'change-id: ../../x'), /change-id: /],
  [
    'a subject of two lines',
    MANIFEST.replace(/^subject: .*$/m, 'subject: "a\\nBcc: b@x"'),
    /subject: .*line/,
  ],
  ['a header in a prefix', MANIFEST.replace(/^prefix: .*$/m, 'prefix: "x\\nBcc: b@x"'), /prefix: .*line/],
  ['a bracket in a prefix', MANIFEST.replace(/^prefix: .*$/m, 'prefix: "PATCH] x"'), /prefix: .*brackets/],
  ['a recipient of two lines', `${MANIFEST}to: ["a@b\\nBcc: b@x"]\n`, /to.0: .*line/],
  ['a line as a number', MANIFEST.replace('"7.2"\npatches', '7.2\npatches'), /line 6: base: .*quotes/],
  ['a line that is none', MANIFEST.replace('line: "6.12"', 'line: "six"'), /variants.0.line: .*kernel line/],
  ['a path that leaves', MANIFEST.replace('- 0001-a.patch', '- ../0001-a.patch'), /patches.0: .*inside/],
  ['an absolute variant', MANIFEST.replace('file: variants', 'file: /variants'), /variants.0.file: .*inside/],
  ['a key that nobody knows', `${MANIFEST}modulse: []\n`, /line 15: .*modulse/],
  [
    'a line that its matrix has not',
    MANIFEST.replace(
      /matrix: .*/,
      'matrix:\n  kernels: ["7.2"]\n  tiers:\n    nightly:\n      - {}\n      - { kernels: ["7.2", "7.3"] }',
    ),
    /line 19: matrix.tiers.nightly.1.kernels.1: 7.3 is none of matrix.kernels/,
  ],
  ['a key twice', `${MANIFEST}name: x\n`, /unique/],
  ['a patch twice', MANIFEST.replace('0002-b.patch\nv', '0001-a.patch\nv'), /0001-a.patch twice/],
  ['a variant of nothing', MANIFEST.replace('patch: 0002-b', 'patch: 0003-c'), /0003-c.patch/],
  ['a selftest that make would run', `${MANIFEST}selftests: ["$(shell id)"]\n`, /selftests.0: .*letters/],
  ['no revision', MANIFEST.replace('revision: 2\n', ''), /revision/],
  ['revision zero', MANIFEST.replace('revision: 2', 'revision: 0'), /revision/],
  [
    'an option that would be two',
    MANIFEST.replace('[CONFIG_UIO=m]', '["CONFIG_UIO=m\\nCONFIG_X=y"]'),
    /config.0/,
  ],
  [
    'an alias bomb',
    `a: &a [x,x]\nb: &b [${'*a,'.repeat(200)}]\nname: [${'*b,'.repeat(200)}]\n`,
    /series.yaml/,
  ],
])('refuses a series.yaml with %s', async (_, yaml, why) => {
  const error = await load({ 'series.yaml': yaml }).catch((thrown) => thrown);
  expect(error).toMatchObject({ code: 'series-invalid', exitCode: 2 });
  expect(`${error.message}: ${error.why}`).toMatch(why);
});

it('says when there is no such folder', async () => {
  await expect(loadSeries(join(dir, 'none'))).rejects.toMatchObject({ code: 'series-missing', exitCode: 2 });
});
