// SPDX-License-Identifier: MIT
import { EXIT } from '@uio-msi/model';
import type { Refreshed } from '@uio-msi/series';
import type { WorkOptions } from '../cells/work.js';
import { defineCommand } from '../command/spec.js';
import { SERIES, WORK_DIR, WORK_KERNEL } from './options.js';

interface RefreshOptions extends WorkOptions {
  readonly why?: string;
}

/** `series refresh`: commits become patches. */
export const refresh = defineCommand<RefreshOptions>({
  name: 'refresh',
  summary: 'write the commits of a worktree back as patches, changing only what changed',
  options: [
    SERIES,
    WORK_KERNEL,
    WORK_DIR,
    { flags: '--why <text>', summary: 'what differs on an older line, for a variant that is new' },
  ],
  examples: [
    ['series refresh', 'from the worktree that series edit made'],
    ['series refresh --kernel 6.12 --why "6.12 has no kzalloc_obj()"', 'as a variant'],
  ],
  async run(options, world) {
    const { nameWork, workContext } = await import('../cells/work.js');
    const { refreshSeries } = await import('@uio-msi/series');
    const { series, dir } = await nameWork(options, world);
    const result = await refreshSeries(series, dir, { ...workContext(world), why: options.why });
    return { exitCode: EXIT.good, text: describe(result), json: { version: 1, dir, ...result } };
  },
});

const describe = ({ patches, dropped, reordered, written, stale, untracked }: Refreshed): string =>
  [
    ...patches.map(({ file, was, status }) => {
      const moved = was !== null && was !== file ? `, was ${was}` : '';
      return `${status.padEnd(10)}  ${file}${moved}`;
    }),
    ...dropped.map((file) => `dropped     ${file}`),
    written.length === 0
      ? 'nothing to write'
      : `${written.length === 1 ? '1 file' : `${written.length} files`} written`,
    ...(reordered || dropped.length > 0 ? ['look at cover.md, where it speaks of patches by number'] : []),
    ...stale.map(
      ({ line, file }) =>
        `stale: ${file}, made from the patch before: ./uio-msi series edit --kernel ${line}`,
    ),
    ...untracked.map((path) => `not in any patch: ${path}`),
  ].join('\n');
