// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { loadSeries } from '@uio-msi/series';
import type { Bench } from './bench.js';
import { timed } from './clock.js';
import { uioMsi, withEditedSeries } from './uio-msi.js';

const MOST_MINUTES = 10;
const RUNS = 3;

/** A whole night, all cells of the tier on all kernels: with nothing new, and after an edit of the driver, everything warm. */
export const night: Bench = {
  name: 'night',
  title: 'a whole night after an edit of the driver',
  run: (context) =>
    withEditedSeries(context, async (series, edit) => {
      const { matrix } = await loadSeries(join(context.root, 'patches/uio_msi'));
      const all = { ...context, kernel: matrix.kernels.join(',') };
      context.say('once, so that everything is warm: hours, when nothing is built');
      await uioMsi(all, ['nightly', '--fail-on', 'any']);
      context.say('with nothing new');
      const nothing = await timed(RUNS, () => uioMsi(all, ['nightly', '--fail-on', 'any']));
      await edit();
      context.say('after an edit');
      const { seconds, result } = await uioMsi(all, ['nightly', '--series', series, '--fail-on', 'any']);
      return [
        {
          what: `\`nightly\`, nothing new, ${result.cells.length} cells on ${matrix.kernels.length} kernels`,
          seconds: nothing,
          runs: RUNS,
          goal: 'at most 3 s',
          kept: nothing <= 3,
        },
        {
          what: `\`nightly\` after an edit, ${result.cells.length} cells on ${matrix.kernels.length} kernels`,
          seconds,
          runs: 1,
          goal: `at most ${MOST_MINUTES} minutes`,
          kept: seconds <= MOST_MINUTES * 60,
        },
      ];
    }),
};
