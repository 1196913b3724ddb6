// SPDX-License-Identifier: MIT
import { run } from '@uio-msi/host';
import type { Finding } from '@uio-msi/model';
import { applySeries, type StaleVariant } from '@uio-msi/series';
import type { PlannedCell } from '../plan/plan.js';
import { defineStage, type Outcome } from '../stage/stage.js';
import { whatFailed } from './what-failed.js';

/** Applies the patches to the kernel's tree, in the object store. */
export const apply = defineStage({
  name: 'apply',
  version: 1,
  needs: ['source'],
  inStore: true,
  key: async ({ planned, output }) => ({
    tree: output('source', 'tree'),
    patches: planned.patchKeys,
    stale: planned.stale.map(({ variant }) => variant.replacement.file),
  }),
  // The ledger may be older than the store. Many cells have one tree: git is asked once, and again when it is not there.
  stillThere: ({ outputs: { tree } }, { store, tools }) =>
    tree === undefined
      ? Promise.resolve(true)
      : tools
          .once(`the tree ${tree}`, () => requireTree(store.gitDir, tree))
          .then(
            () => true,
            () => false,
          ),
  run: async ({ planned, output }, { store, signal }): Promise<Outcome> => {
    const base = output('source', 'tree');
    const { patches, tree } = await applySeries(store.gitDir, base, planned.patches, { signal });
    const findings = staleFindings(planned);
    // With a stale variant the rest goes on: that it builds and runs is worth knowing.
    return {
      verdict: tree === null || findings.length > 0 ? 'FAIL' : 'PASS',
      reason: tree === null ? whatFailed(patches) : (findings[0]?.message ?? null),
      patches,
      findings,
      outputs: tree === null ? {} : { tree },
    };
  },
});

/** @throws when the store has no such tree */
const requireTree = async (gitDir: string, tree: string): Promise<void> => {
  const { exitCode } = await run('git', ['--git-dir', gitDir, 'cat-file', '-e', tree]);
  if (exitCode !== 0) throw new Error(`the store has no ${tree}`);
};

/** What speaks against a cell whose variants are behind the patches that they replace. Pure. */
export const staleFindings = ({ stale }: Pick<PlannedCell, 'stale'>): readonly Finding[] =>
  stale.map(toFinding);

const toFinding = ({ variant }: StaleVariant): Finding => ({
  tool: 'series',
  kind: 'stale-variant',
  severity: 'error',
  file: variant.replacement.file,
  line: null,
  message: `${variant.replacement.file} was made from another ${variant.patch}: ./uio-msi series show says what to do`,
});
