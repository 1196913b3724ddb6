// SPDX-License-Identifier: MIT
import type { Bench } from './bench.js';
import { timed } from './clock.js';
import { uioMsi, withEditedSeries } from './uio-msi.js';

const RUNS = 3;

/** `check` when nothing changed, and after an edit of the driver's patch. */
export const check: Bench = {
  name: 'check',
  title: 'check on one kernel, everything warm',
  run: (context) =>
    withEditedSeries(context, async (series, edit) => {
      context.say('once, so that everything is warm');
      await uioMsi(context, ['check', '--series', series]);
      const unchanged = await timed(RUNS, () => uioMsi(context, ['check', '--series', series]));
      const edited = await timed(RUNS, async (run) => {
        context.say(`edit ${run + 1} of ${RUNS}`);
        await edit();
        await uioMsi(context, ['check', '--series', series]);
      });
      return [
        {
          what: '`check`, nothing changed',
          seconds: unchanged,
          runs: RUNS,
          goal: 'at most 2 s',
          kept: unchanged <= 2,
        },
        {
          what: '`check` after editing a patch',
          seconds: edited,
          runs: RUNS,
          goal: 'at most 45 s',
          kept: edited <= 45,
        },
      ];
    }),
};
