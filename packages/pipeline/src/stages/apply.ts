// SPDX-License-Identifier: MIT
import { run } from '@uio-msi/host';
import { applySeries } from '@uio-msi/series';
import { defineStage, type Outcome } from '../stage/stage.js';
import { whatFailed } from './what-failed.js';

/** Applies the patches to the kernel's tree, in the object store. */
export const apply = defineStage({
  name: 'apply',
  version: 1,
  needs: ['source'],
  key: async ({ planned, output }) => ({
    tree: output('source', 'tree'),
    patches: planned.patchKeys,
  }),
  // The ledger may be older than the store.
  stillThere: async ({ outputs: { tree } }, { store }) =>
    tree === undefined ||
    (await run('git', ['--git-dir', store.gitDir, 'cat-file', '-e', tree])).exitCode === 0,
  run: async ({ planned, output }, { store, signal }): Promise<Outcome> => {
    const base = output('source', 'tree');
    const { patches, tree } = await applySeries(store.gitDir, base, planned.patches, { signal });
    return {
      verdict: tree === null ? 'FAIL' : 'PASS',
      reason: tree === null ? whatFailed(patches) : null,
      patches,
      outputs: tree === null ? {} : { tree },
    };
  },
});
