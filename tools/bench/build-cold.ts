// SPDX-License-Identifier: MIT
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from './bench.js';
import { makeCommands, plainly } from './build.js';
import { stageOf, uioMsi, withEditedSeries } from './uio-msi.js';

/**
 * The build stage in an empty build folder, beside the same calls of `make` in an empty folder that has the same
 * `.config`; the compiler's cache, which both use, has everything.
 */
export const buildCold: Bench = {
  name: 'build-cold',
  title: 'the build stage in an empty folder',
  run: (context) =>
    withEditedSeries(context, async (series) => {
      context.say('once, so that the cache has everything');
      const { result: first } = await uioMsi(context, ['build', '--series', series]);
      const commands = await makeCommands(context.state, stageOf(first, 'build'));
      const folder = / O=(\S+)/.exec(commands[0] ?? '')?.[1] ?? '';
      const config = await readFile(join(folder, '.config'));
      const empty = () => rm(folder, { recursive: true, force: true });
      await empty();
      const again = ['check', '--stages', 'build', '--again', '--series', series];
      const { seconds } = stageOf((await uioMsi(context, again)).result, 'build');
      context.say(`stage ${seconds.toFixed(1)} s`);
      await empty();
      await mkdir(folder);
      await writeFile(join(folder, '.config'), config);
      const plain = await plainly(commands);
      // What make left there by itself is no folder of ours.
      await empty();
      return [
        {
          what: 'the build stage in an empty folder, with the compiler cache full',
          seconds,
          runs: 1,
          plain: { what: '`make` and `make kselftest-all`', seconds: plain },
          goal: 'at most 1.05 times `make`',
          kept: seconds <= 1.05 * plain,
        },
      ];
    }),
};
