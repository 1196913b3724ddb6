// SPDX-License-Identifier: MIT
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  type Changes,
  type Place,
  requestFor,
  type ServedKernel,
  serveFakeKernel,
} from '../../test/served-kernel.js';
import { openKnown } from './known.js';
import { runCells } from './run.js';

let served: ServedKernel;
let place: Place & Pick<ServedKernel, 'kernel'>;
beforeAll(async () => {
  served = await serveFakeKernel();
});
afterAll(() => served.end());
beforeEach(async () => {
  place = { ...(await served.place()), kernel: served.kernel };
});

const check = async () => runCells(await requestFor(place));
const knownCells = async (changes: Changes = {}) => {
  const request = await requestFor(place, changes);
  const ask = await openKnown(request);
  return ask(request.cells, request.stages);
};
const known = async () => {
  const [cell] = await knownCells();
  return cell?.stages.map(({ verdict, cached }) => cached && verdict);
};
const edit = async (from: string, to: string) => {
  const path = join(place.series, '0002-uio-add-a-driver-for-PCI-devices-with-MSI-X.patch');
  const text = await readFile(path, 'utf8');
  expect(text).toContain(from);
  await writeFile(path, text.replace(from, to));
};

it('is nothing before it was run, and then what was run for exactly this content', async () => {
  expect(await known()).toEqual(['MISS', 'SKIP', 'SKIP', 'SKIP']);
  await check();
  await rm(place.state.path('runs'), { recursive: true });
  expect(await known()).toEqual(['PASS', 'PASS', 'PASS', 'PASS']);
  await edit('It hands each vector', 'It gives each vector');
  expect(await known()).toEqual(['PASS', 'PASS', 'MISS', 'PASS']);
  await edit('return info->name && cmd ? (long)arg : -1;', 'return info->name && cmd ? (long)arg : -2;');
  expect(await known()).toEqual(['PASS', 'PASS', 'MISS', 'MISS']);
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

it('is a failure where the series does not apply', async () => {
  await check();
  await edit('CONFIG_UIO)\t+= uio.o\n', 'CONFIG_UIO)\t+= other.o\n');
  expect(await known()).toEqual(['PASS', 'FAIL', 'MISS', 'SKIP']);
});
