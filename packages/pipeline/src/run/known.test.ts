// SPDX-License-Identifier: MIT
import { appendFile, cp, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { useFakeKernel } from '../../test/fake-kernel-runs.js';
import { type Changes, requestFor } from '../../test/served-kernel.js';
import { openKnown } from './known.js';
import { runCells } from './run.js';

const { now, check, edit } = useFakeKernel();
let place: ReturnType<typeof now>;
beforeEach(() => {
  place = now();
});

const knownCells = async (changes: Changes = {}) => {
  const request = await requestFor(place, changes);
  const ask = await openKnown(request);
  return ask(request.cells, request.stages);
};
const known = async () => {
  const [cell] = await knownCells();
  return cell?.stages.map(({ verdict, cached }) => cached && verdict);
};
it('is nothing before it was run, and then what was run for exactly this content', async () => {
  expect(await known()).toEqual(['MISS', 'SKIP', 'SKIP', 'SKIP', 'SKIP']);
  await check();
  await rm(place.state.path('runs'), { recursive: true });
  expect(await known()).toEqual(['PASS', 'PASS', 'PASS', 'PASS', 'PASS']);
  await edit('It hands each vector', 'It gives each vector');
  expect(await known()).toEqual(['PASS', 'PASS', 'MISS', 'PASS', 'PASS']);
  await edit('return info->name && cmd ? (long)arg : -1;', 'return info->name && cmd ? (long)arg : -2;');
  expect(await known()).toEqual(['PASS', 'PASS', 'MISS', 'PASS', 'MISS']);
  expect(await readdir(place.state.dir)).not.toContain('runs');
});

it('is known of each prefix', async () => {
  await runCells(await requestFor(place, { prefixes: 1, stages: ['build'] }));
  const cells = await knownCells({ prefixes: 'each', stages: ['build'] });
  expect(cells.map(({ prefix, verdict }) => [prefix, verdict])).toEqual([
    [1, 'PASS'],
    [2, 'MISS'],
  ]);
});

it('is a failure where a variant is behind its patch, for the reason that a run gives', async () => {
  const [first = ''] = (await readdir(place.series)).filter((name) => name.startsWith('0001'));
  await mkdir(join(place.series, 'variants'));
  await cp(join(place.series, first), join(place.series, 'variants', first));
  const variants = [
    { line: '9.1', patch: first, of: '0123456789abcdef', file: `variants/${first}`, why: 'a test' },
  ];
  await appendFile(join(place.series, 'series.yaml'), `variants: ${JSON.stringify(variants)}\n`);
  const [cell] = (await check()).cells;
  const [asked] = await knownCells();
  const apply = [cell, asked].map((of) => of?.stages.find(({ stage }) => stage === 'apply'));
  expect(apply[0]).toMatchObject({
    verdict: 'FAIL',
    reason: expect.stringContaining(`was made from another ${first}`),
  });
  expect(apply[1]).toMatchObject({ verdict: 'FAIL', reason: apply[0]?.reason });
  expect(asked?.stages.find(({ stage }) => stage === 'build')).toMatchObject({ verdict: 'PASS' });
});

it('is a MISS of a build that this machine has no compiler for, and why', async () => {
  const request = await requestFor(place);
  await runCells(request);
  const ask = await openKnown(request);
  const cells = request.cells.map((planned) => ({ ...planned, missing: 'no such compiler' }));
  const [cell] = await ask(cells, request.stages);
  expect(cell?.stages.find(({ stage }) => stage === 'build')).toMatchObject({
    verdict: 'MISS',
    reason: 'no such compiler',
  });
});

it('is a failure where the series does not apply', async () => {
  await check();
  await edit('CONFIG_UIO)\t+= uio.o\n', 'CONFIG_UIO)\t+= other.o\n');
  expect(await known()).toEqual(['PASS', 'FAIL', 'MISS', 'SKIP', 'SKIP']);
});
