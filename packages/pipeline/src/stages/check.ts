// SPDX-License-Identifier: MIT
import { CHECKS, ensureKernelFiles, runChecks, WAIVERS } from '@uio-msi/checks';
import { contentKey } from '@uio-msi/host';
import type { Finding } from '@uio-msi/model';
import { touchedPaths } from '@uio-msi/series';
import { defineStage, type Outcome } from '../stage/stage.js';

/** Looks at the patches with the kernel's own tools, on the tree without them. */
export const check = defineStage({
  name: 'check',
  version: 1,
  needs: ['source'],
  key: async ({ planned, output }) => ({
    tree: output('source', 'tree'),
    patches: planned.patches.map(({ file, text }) => [file, contentKey(text)]),
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
    const counted = findings.filter(({ severity }) => severity !== 'note');
    return {
      verdict: counted.length === 0 ? 'PASS' : 'FAIL',
      reason: summary(counted),
      findings,
    };
  },
});

const summary = ([first, ...others]: readonly Finding[]): string | null => {
  if (first === undefined) return null;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return `${first.tool}: ${first.file}: ${first.message}${more}`;
};
