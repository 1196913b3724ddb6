// SPDX-License-Identifier: MIT
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSeries } from '@uio-msi/series';
import type { Bench, BenchContext } from './bench.js';
import { uioMsi } from './uio-msi.js';

const TEN_MINUTES = 600;
const THREE_HOURS = 3 * 60 * 60;

/** `check` with an empty state folder: download, import, build, boot, suite. */
export const cold: Bench = {
  name: 'cold',
  title: 'check on one kernel, nothing there',
  run: async (context) => {
    const { seconds } = await withNothing(context, ['check']);
    const goal = 'at most 10 minutes';
    return [{ what: '`check`, nothing there', seconds, runs: 1, goal, kept: seconds <= TEN_MINUTES }];
  },
};

/** A whole night with an empty state folder: all kernels, all cells of the tier. */
export const coldNight: Bench = {
  name: 'night-cold',
  title: 'a whole night, nothing there',
  run: async (context) => {
    const { matrix } = await loadSeries(join(context.root, 'patches/uio_msi'));
    const all = { ...context, kernel: matrix.kernels.join(',') };
    const { seconds, result } = await withNothing(all, ['nightly', '--fail-on', 'any']);
    const what = `\`nightly\`, nothing there, ${result.cells.length} cells on ${matrix.kernels.length} kernels`;
    return [{ what, seconds, runs: 1, goal: 'at most 3 hours', kept: seconds <= THREE_HOURS }];
  },
};

const withNothing = async (context: BenchContext, args: readonly string[]) => {
  const state = await mkdtemp(join(tmpdir(), 'uio-msi-cold-'));
  try {
    return await uioMsi({ ...context, state }, args);
  } finally {
    await rm(state, { recursive: true, force: true });
  }
};
