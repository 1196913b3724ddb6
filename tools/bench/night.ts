// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { loadSeries } from '@uio-msi/series';
import type { Bench } from './bench.js';
import { uioMsi, withEditedSeries } from './uio-msi.js';

const MOST_MINUTES = 10;

/** A whole night after an edit of the driver, everything warm: all cells of the tier, on all kernels. */
export const night: Bench = {
  name: 'night',
  title: 'a whole night after an edit of the driver',
  run: (context) =>
    withEditedSeries(context, async (series, edit) => {
      const { matrix } = await loadSeries(join(context.root, 'patches/uio_msi'));
      const all = { ...context, kernel: matrix.kernels.join(',') };
      context.say('once, so that everything is warm: hours, when nothing is built');
      await uioMsi(all, ['nightly', '--series', series, '--fail-on', 'any']);
      await edit();
      context.say('after an edit');
      const { seconds, result } = await uioMsi(all, ['nightly', '--series', series, '--fail-on', 'any']);
      return [
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
