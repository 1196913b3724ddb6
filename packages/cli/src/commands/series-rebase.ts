// SPDX-License-Identifier: MIT
import { EXIT, UserError } from '@uio-msi/model';
import type { Rebased } from '@uio-msi/series';
import { defineCommand } from '../command/spec.js';
import { SERIES, WORK_DIR, YES } from './options.js';

interface RebaseOptions {
  readonly series: string;
  readonly dir?: string;
  readonly continue?: true;
  readonly abort?: true;
}

/** `series rebase`: the series on another kernel. */
export const rebase = defineCommand<RebaseOptions>({
  name: 'rebase',
  summary: 'move the series to another kernel by three-way merges; the patches change when all are there',
  argument: { name: '[kernel]', summary: 'a line or an exact version' },
  options: [
    SERIES,
    WORK_DIR,
    { flags: '--continue', summary: 'go on, from a conflict that is resolved or from where it was killed' },
    { flags: '--abort', summary: 'give it up: the patches are what they were' },
    YES,
  ],
  examples: [
    [
      'series rebase 7.3',
      'says of each patch: clean, three-way, remembered, conflict, already-upstream, empty',
    ],
    ['series rebase --continue', 'after git add of what was resolved'],
  ],
  async run(options, world, argument) {
    const { abortRebase, continueRebase, startRebase } = await import('@uio-msi/series');
    const { findRebase, nameWork, workContext } = await import('../cells/work.js');
    const begun = options.continue === true || options.abort === true;
    if (begun) {
      const { series, dir } = await findRebase({ ...options, kernel: argument }, world);
      if (!options.abort) return outcome(await continueRebase(series, dir, workContext(world)), dir);
      const kept = await abortRebase(series, dir, workContext(world));
      return {
        exitCode: EXIT.good,
        text: `the patches are what they were; the worktree is kept as ${kept}: remove it when you want nothing of it`,
        json: { version: 1, aborted: true, dir, kept },
      };
    }
    if (argument === undefined)
      throw new UserError({
        code: 'kernel-not-named',
        message: 'no kernel is named',
        next: 'say where to: ./uio-msi series rebase KERNEL; or --continue, --abort',
      });
    const to = await nameWork({ ...options, kernel: argument }, world);
    const from = await nameWork({ series: options.series }, world);
    const [target, origin] = [await to.open(), await from.open()];
    const result = await startRebase(to.series, origin.kernel, target.kernel, to.dir, target.context);
    return outcome(result, to.dir);
  },
});

const outcome = (result: Rebased, dir: string) => {
  const { done, patches, conflicts, variants } = result;
  const text = [
    ...patches.map(({ file, status }) => `${status.padEnd(16)}  ${file}`),
    ...(done
      ? [`the series is moved; its worktree is ${dir}`]
      : [
          `resolve in ${dir}:`,
          ...conflicts.map((path) => `  ${path}`),
          'then git add them there, and: ./uio-msi series rebase --continue (or --abort)',
        ]),
    ...variants.map((file) => `kept as it was, for the line that it comes from: ${file}`),
    ...(patches.some(({ status }) => status === 'already-upstream')
      ? ['dropped, for the new kernel has it: older kernels of the matrix may need it still']
      : []),
  ].join('\n');
  return { exitCode: done ? EXIT.good : EXIT.failures, text, json: { version: 1, dir, ...result } };
};
