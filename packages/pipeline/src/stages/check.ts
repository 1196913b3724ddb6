// SPDX-License-Identifier: MIT
import { CHECKS, EXPECTED, ensureKernelFiles, runChecks } from '@uio-msi/checks';
import { Written } from '@uio-msi/host';
import { touchedPaths } from '@uio-msi/series';
import { defineStage, type Outcome } from '../stage/stage.js';
import { findingsReason } from './reason.js';
import { waived } from './waived.js';

// The same for every cell.
const LOOKING = {
  checks: new Written(CHECKS.map(({ name, version }) => [name, version])),
  expected: new Written(EXPECTED),
};

/** Looks at the patches with the kernel's own tools, on the tree without them. */
export const check = defineStage({
  name: 'check',
  version: 2,
  needs: ['source'],
  inStore: true,
  key: async ({ planned, output }) => ({
    tree: output('source', 'tree'),
    patches: planned.patchKeys,
    ...LOOKING,
    waivers: planned.waivers.filter(({ tool }) => isCheck(tool)),
  }),
  run: async (inputs, { store, state, signal }): Promise<Outcome> => {
    const { patches } = inputs.planned;
    const kernelDir = await ensureKernelFiles(
      {
        gitDir: store.gitDir,
        tree: inputs.output('source', 'tree'),
        checks: CHECKS,
        paths: [...new Set(patches.flatMap(touchedPaths))],
        cache: state.path('kernel-files'),
      },
      { signal },
    );
    const found = await runChecks({ patches, kernelDir }, { signal });
    const findings = waived(found, inputs, isCheck);
    const reason = findingsReason(findings);
    return { verdict: reason === null ? 'PASS' : 'FAIL', reason, findings };
  },
});

/** Whether a tool is one of those that look at patches. */
export const isCheck = (tool: string): boolean => CHECKS.some(({ name }) => name === tool);
