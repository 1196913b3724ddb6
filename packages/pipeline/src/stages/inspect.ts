// SPDX-License-Identifier: MIT
import { INSPECTIONS, judgeReports } from '@uio-msi/checks';
import type { CheckResult, Finding } from '@uio-msi/model';
import { defineStage, type Outcome } from '../stage/stage.js';
import { againstBase } from './against-base.js';
import { inspectionsKey, inspectTree } from './inspect-tree.js';
import { findingsReason } from './reason.js';
import { waived } from './waived.js';

/** Looks at the built tree with the field's static checkers, beside the guests. */
export const inspect = defineStage({
  name: 'inspect',
  version: 4,
  needs: ['source', 'apply', 'base', 'build'],
  prepare: (tools) => void tools.inspectors(),
  key: async ({ planned, output }, tools) => ({
    tree: output('apply', 'tree'),
    base: output('source', 'tree'),
    arch: planned.cell.arch,
    toolchain: [planned.toolchain.name, planned.toolchain.version],
    fragments: planned.fragments,
    inspections: await inspectionsKey(tools),
    waivers: planned.waivers.filter(({ tool }) => isInspection(tool)),
  }),
  run: async (inputs, ctx): Promise<Outcome> => {
    const reports = await inspectTree(inputs, ctx, 'apply');
    const looked = reports.filter(({ obstacle }) => obstacle === null).map(({ name }) => name);
    const isOwn = ({ tool }: Finding) => looked.includes(tool);
    const found = reports.flatMap((report) => report.findings);
    const { brought, fixed } = againstBase(found, inputs.found('base').findings.filter(isOwn));
    const findings = waived(brought, inputs, (tool) => looked.includes(tool));
    const checks = judgeReports(reports, findings);
    return { ...judgeChecks(checks, findings), findings, fixed, checks };
  },
});

/** Whether a tool is one of those that look at a built tree. */
export const isInspection = (tool: string): boolean => INSPECTIONS.some(({ name }) => name === tool);

/** What checks gave, in a word and a line: what lacked a tool was not looked at, and is not known to be good. */
export const judgeChecks = (
  checks: readonly CheckResult[],
  findings: readonly Finding[],
): Pick<Outcome, 'verdict' | 'reason'> => {
  const reason = findingsReason(findings);
  if (reason !== null) return { verdict: 'FAIL', reason };
  const missed = checks.find(({ verdict }) => verdict === 'MISS');
  if (missed) return { verdict: 'MISS', reason: `${missed.name}: ${missed.reason}` };
  return { verdict: 'PASS', reason: null };
};
