// SPDX-License-Identifier: MIT
import { ensureKernel } from '@uio-msi/kernels';
import { EnvironmentError } from '@uio-msi/model';
import { applySeries } from '@uio-msi/series';
import { defineStage, type Outcome } from '../stage/stage.js';
import { whatFailed } from './what-failed.js';

/** Makes the kernel's tree available, with what the series needs laid under it. The object store is its memory: with the tree there it takes milliseconds. */
export const source = defineStage({
  name: 'source',
  version: 1,
  needs: [],
  inStore: true,
  key: null,
  run: async ({ planned }, { store, tools, progress, signal, work }): Promise<Outcome> => {
    try {
      const {
        commit,
        tree,
        source: from,
      } = await tools.kernel(planned.kernel.version, () =>
        ensureKernel(store, planned.kernel, { progress, signal, work }),
      );
      const { prerequisites, cell } = planned;
      const under = await tools.once(`what ${cell.series} needs on ${tree}`, () =>
        applySeries(store.gitDir, tree, prerequisites, { signal }),
      );
      if (under.tree === null)
        return { verdict: 'FAIL', reason: `what the series needs: ${whatFailed(under.patches)}` };
      return { verdict: 'PASS', reason: null, outputs: { commit, tree: under.tree, source: from } };
    } catch (error) {
      // The kernel cannot be had from anywhere: this cell was never tried, and others go on.
      if (error instanceof EnvironmentError && error.code === 'kernel-unavailable')
        return { verdict: 'MISS', reason: [error.message, error.why].filter(Boolean).join(': ') };
      throw error;
    }
  },
});
