// SPDX-License-Identifier: MIT
import { EXIT } from '@uio-msi/model';
import { type CommandGroup, defineCommand } from '../command/spec.js';
import { KEEP } from './nightly.js';

const list = defineCommand({
  name: 'list',
  summary: 'the runs that are kept, newest first',
  options: [],
  examples: [['runs list', 'names, verdicts, and what was new in each']],
  async run(_options, world) {
    const { keptRuns, renderRuns } = await import('../nightly/list.js');
    const runs = await keptRuns(world);
    return {
      exitCode: EXIT.good,
      text: renderRuns(runs),
      json: { version: 1, runs: runs.map(({ cells, ...run }) => ({ ...run, cells: cells.length })) },
    };
  },
});

interface PruneOptions {
  readonly keepDays: number;
  readonly keepRuns: number;
  readonly dryRun?: true;
  readonly folders?: true;
}

const prune = defineCommand<PruneOptions>({
  name: 'prune',
  summary: 'remove old runs, never the last good one, and what killed runs left',
  options: [
    ...KEEP,
    { flags: '--dry-run', summary: 'only say what would go' },
    {
      flags: '--folders',
      summary: 'also worktrees and build folders of cells that no matrix of this checkout has',
    },
  ],
  examples: [
    ['runs prune --keep-days 7 --dry-run', 'what would go'],
    ['runs prune --folders', 'and the folders of kernels that were followed by others'],
  ],
  async run({ keepDays, keepRuns, dryRun, folders }, world) {
    const { pruneRuns } = await import('../nightly/list.js');
    const gone = await pruneRuns(
      { days: keepDays, runs: keepRuns },
      { dry: dryRun === true, folders: folders === true },
      world,
    );
    return { exitCode: EXIT.good, ...gone };
  },
});

/** What earlier runs gave. */
export const runs: CommandGroup = {
  name: 'runs',
  summary: 'the runs that are kept',
  commands: [list, prune],
};
