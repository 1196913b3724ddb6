// SPDX-License-Identifier: MIT
import { CHECKS, ensureKernelFiles, runChecks, WAIVERS } from '@uio-msi/checks';
import { touchedPaths } from '@uio-msi/series';
import { defineStage, type Outcome } from '../stage/stage.js';
import { findingsReason } from './reason.js';

/** Looks at the patches with the kernel's own tools, on the tree without them. */
export const check = defineStage({
  name: 'check',
  version: 1,
  needs: ['source'],
  inStore: true,
  key: async ({ planned, output }) => ({
    tree: output('source', 'tree'),
    patches: planned.patchKeys,
    checks: CHECKS.map(({ name, version }) => [name, version]),
    waivers: WAIVERS,
  }),
  run: async ({ planned: { patches }, output }, { store, state, signal }): Promise<Outcome> => {
    const kernelDir = await ensureKernelFiles(
      {
        gitDir: store.gitDir,
        tree: output('source', 'tree'),
        checks: CHECKS,
        paths: [...new Set(patches.flatMap(touchedPaths))],
        cache: state.path('kernel-files'),
      },
      { signal },
    );
    const findings = await runChecks({ patches, kernelDir }, { signal });
    const reason = findingsReason(findings);
    return { verdict: reason === null ? 'PASS' : 'FAIL', reason, findings };
  },
});
