// SPDX-License-Identifier: MIT
import { appendFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { run } from '@uio-msi/host';
import type { StageResult } from '@uio-msi/model';
import { DRIVER } from '../series/edited.js';
import type { Bench } from './bench.js';
import { median } from './clock.js';
import { stageOf, uioMsi, withEditedSeries } from './uio-msi.js';

const RUNS = 3;

/** The calls of make that a build stage did: its log has each as a person would type it, the kernel's and the selftests'. */
export const makeCommands = async (state: string, { log }: StageResult): Promise<readonly string[]> => {
  const text = gunzipSync(await readFile(join(state, log ?? ''))).toString();
  return text.split('\n').filter((line) => /^\w+=.* make -C /.test(line));
};

/** Seconds that commands take one behind the other. */
export const plainly = async (commands: readonly string[]): Promise<number> => {
  let all = 0;
  for (const command of commands) {
    const { exitCode, seconds, stderr } = await run('sh', ['-c', command]);
    if (exitCode !== 0) throw new Error(`${command}: ${stderr.slice(-500)}`);
    all += seconds;
  }
  return all;
};

/**
 * The build stage after an edit of the driver, beside the same calls of `make` by hand in the same folder after
 * the same: for `make` the driver's source is made newer by hand, where the stage moves the worktree.
 */
export const build: Bench = {
  name: 'build',
  title: 'the build stage after an edit',
  run: (context) =>
    withEditedSeries(context, async (series, edit) => {
      const ours: number[] = [];
      const plain: number[] = [];
      for (let i = 0; i <= RUNS; i += 1) {
        await edit();
        const { result } = await uioMsi(context, ['build', '--series', series]);
        const stage = stageOf(result, 'build');
        const commands = await makeCommands(context.state, stage);
        const source = / -C (\S+)/.exec(commands[0] ?? '')?.[1] ?? '';
        await appendFile(join(source, DRIVER), '/* plain */\n');
        // The stage removes what selftests there are, so that none of an earlier series is left.
        await rm(join(/ O=(\S+)/.exec(commands[0] ?? '')?.[1] ?? '', 'kselftest'), { recursive: true });
        const seconds = await plainly(commands);
        context.say(`stage ${stage.seconds.toFixed(2)} s, make ${seconds.toFixed(2)} s`);
        if (i === 0) continue; // the first one warms the folder
        ours.push(stage.seconds);
        plain.push(seconds);
      }
      const seconds = median(ours);
      return [
        {
          what: 'the build stage after an edit',
          seconds,
          runs: RUNS,
          plain: { what: '`make` and `make kselftest-all`', seconds: median(plain) },
          goal: 'at most 1.2 times `make`',
          kept: seconds <= 1.2 * median(plain),
        },
      ];
    }),
};
