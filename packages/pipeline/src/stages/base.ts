// SPDX-License-Identifier: MIT
import { BUILD_VERSION } from '@uio-msi/build';
import { type CheckResult, type Finding, findingIdentity } from '@uio-msi/model';
import { defineStage, type Outcome } from '../stage/stage.js';
import { baseRequest, buildBase } from './build-base.js';
import { inspectionsKey, inspectTree } from './inspect-tree.js';

/**
 * Builds and inspects the tree without the series: what is found there is nobody's fault, and what
 * is not found any more with the series is its merit. All revisions and prefixes share it.
 */
export const base = defineStage({
  name: 'base',
  version: 1,
  needs: ['source', 'apply'],
  prepare: (tools) => void tools.inspectors(),
  key: async (inputs, tools) => ({
    build: BUILD_VERSION,
    tree: inputs.output('source', 'tree'),
    arch: inputs.planned.cell.arch,
    toolchain: [inputs.planned.toolchain.name, inputs.planned.toolchain.version],
    fragments: baseRequest(inputs).fragments,
    paths: inputs.planned.touches.changed,
    inspections: await inspectionsKey(tools),
  }),
  run: async (inputs, ctx): Promise<Outcome> => {
    const built = await buildBase(inputs, ctx);
    const reports = await inspectTree(inputs, ctx, 'source');
    const found = [...built, ...reports.flatMap((report) => report.findings)];
    const findings = [...new Map(found.map((one) => [findingIdentity(one), asNote(one)])).values()];
    return {
      verdict: 'PASS',
      reason: null,
      findings,
      checks: reports.map(
        ({ name, seconds, obstacle, leftOut }): CheckResult => ({
          ...{
            name,
            verdict: 'PASS',
            seconds,
            reason: leftOut.length > 0 ? `without ${leftOut.join(', ')}` : null,
          },
          ...obstacle,
        }),
      ),
    };
  },
});

const asNote = (finding: Finding): Finding => ({ ...finding, severity: 'note' });
