// SPDX-License-Identifier: MIT
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from './bench.js';
import { uioMsi } from './uio-msi.js';

const TEN_MINUTES = 600;

/** `check` with an empty state folder: download, import, build, boot, suite. */
export const cold: Bench = {
  name: 'cold',
  title: 'check on one kernel, nothing there',
  run: async (context) => {
    const state = await mkdtemp(join(tmpdir(), 'uio-msi-cold-'));
    try {
      const { seconds } = await uioMsi({ ...context, state }, ['check']);
      const goal = 'at most 10 minutes';
      return [{ what: '`check`, nothing there', seconds, runs: 1, goal, kept: seconds <= TEN_MINUTES }];
    } finally {
      await rm(state, { recursive: true, force: true });
    }
  },
};
