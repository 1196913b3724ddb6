// SPDX-License-Identifier: MIT
import { ensureKernel } from '@uio-msi/kernels';
import { EnvironmentError } from '@uio-msi/model';
import { defineStage, type Outcome } from '../stage/stage.js';

/** Makes the kernel's tree available. The object store is its memory: with the tree there it takes milliseconds. */
export const source = defineStage({
  name: 'source',
  version: 1,
  needs: [],
  key: null,
  run: async ({ planned }, { store, progress, signal, work }): Promise<Outcome> => {
    try {
      const {
        commit,
        tree,
        source: from,
      } = await ensureKernel(store, planned.kernel, { progress, signal, work });
      return { verdict: 'PASS', reason: null, outputs: { commit, tree, source: from } };
    } catch (error) {
      // The kernel cannot be had from anywhere: this cell was never tried, and others go on.
      if (error instanceof EnvironmentError && error.code === 'kernel-unavailable')
        return { verdict: 'MISS', reason: [error.message, error.why].filter(Boolean).join(': ') };
      throw error;
    }
  },
});
