// SPDX-License-Identifier: MIT
import type { Bench } from './bench.js';
import { timed } from './clock.js';
import { uioMsi } from './uio-msi.js';

const RUNS = 3;

/** A night in which all is known, on the kernel that is measured, and its plan of every tier. */
export const nightly: Bench = {
  name: 'nightly',
  title: 'a night with nothing new, and its plan',
  run: async (context) => {
    const cells = ['--tier', 'check'];
    context.say('once, so that everything is known');
    await uioMsi(context, ['nightly', ...cells]);
    const nothing = await timed(RUNS, () => uioMsi(context, ['nightly', ...cells]));
    const plan = await timed(RUNS, () => uioMsi(context, ['matrix', '--tier', 'weekly']));
    return [
      {
        what: '`nightly`, nothing new, one kernel',
        seconds: nothing,
        runs: RUNS,
        goal: 'at most 3 s',
        kept: nothing <= 3,
      },
      {
        what: '`matrix` of all tiers, one kernel',
        seconds: plan,
        runs: RUNS,
        goal: 'at most 5 s',
        kept: plan <= 5,
      },
    ];
  },
};
