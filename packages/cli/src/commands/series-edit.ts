// SPDX-License-Identifier: MIT
import { EXIT } from '@uio-msi/model';
import type { WorkOptions } from '../cells/work.js';
import { defineCommand } from '../command/spec.js';
import { SERIES, WORK_DIR, WORK_KERNEL, YES } from './options.js';

interface EditOptions extends WorkOptions {
  readonly full?: true;
}

/** `series edit`: a worktree. */
export const edit = defineCommand<EditOptions>({
  name: 'edit',
  summary: 'a worktree that has the patches as commits',
  options: [
    SERIES,
    WORK_KERNEL,
    WORK_DIR,
    { flags: '--full', summary: 'check out the whole kernel, not only the folders that the patches touch' },
    YES,
  ],
  examples: [
    ['series edit', 'then commit --amend, rebase -i or stg there, and: ./uio-msi series refresh'],
    ['series edit --kernel 6.12', 'the patches as they are for 6.12: what changes there becomes a variant'],
  ],
  async run(options, world) {
    const { nameWork } = await import('../cells/work.js');
    const { editSeries } = await import('@uio-msi/series');
    const { series, dir, version, open } = await nameWork(options, world);
    const { kernel, context } = await open();
    const { work, found, kept } = await editSeries(series, kernel, dir, options.full === true, context);
    const text = [
      `${dir}`,
      `${found ? 'is there already' : 'has'} ${work.patches.length === 1 ? '1 patch as a commit' : `${work.patches.length} patches as commits`} on linux ${version}, branch ${work.branch}; the tag base is below them`,
      ...(kept === null
        ? []
        : [`the worktree that was there is kept as ${kept}: remove it when you want nothing of it`]),
      ...(found || options.full
        ? []
        : [
            'only the folders that they touch are checked out; git sparse-checkout disable brings the others',
          ]),
    ].join('\n');
    return {
      exitCode: EXIT.good,
      text,
      json: {
        version: 1,
        dir,
        found,
        kept,
        kernel: version,
        branch: work.branch,
        base: work.base,
        patches: work.patches,
      },
    };
  },
});
