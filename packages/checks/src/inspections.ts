// SPDX-License-Identifier: MIT
import type { CheckResult, Finding } from '@uio-msi/model';
import type { CheckContext } from './check.js';
import type { BuiltTree, Inspection } from './inspection.js';
import { documentation } from './inspections/documentation.js';
import { headers } from './inspections/headers.js';
import { kernelDoc } from './inspections/kernel-doc.js';
import { sparse } from './inspections/sparse.js';
import { waive } from './waivers.js';

/** Every inspection there is. */
export const INSPECTIONS: readonly Inspection[] = [sparse, kernelDoc, headers, documentation];

/** What inspecting takes beside the tree. */
export interface InspectContext extends CheckContext {
  /** Commands that are not installed. */
  readonly missing: ReadonlySet<string>;
  /** Told the title of each inspection as it begins. */
  readonly onBegin?: (title: string) => void;
}

/** What all inspections gave. */
export interface InspectionResult {
  /** One for each, also for those that had nothing to look at or could not be run. */
  readonly checks: readonly CheckResult[];
  readonly findings: readonly Finding[];
}

/**
 * Runs inspections on a tree, one after the other, for make is called in one build folder, and
 * turns what is expected into notes.
 *
 * @param touched what the series touches and the tree has
 * @throws {EnvironmentError} when a tool says what is not understood
 * @throws {Interrupted} when the signal aborts
 */
export const runInspections = async (
  tree: BuiltTree,
  touched: readonly string[],
  context: InspectContext,
  inspections: readonly Inspection[] = INSPECTIONS,
): Promise<InspectionResult> => {
  const checks: CheckResult[] = [];
  const findings: Finding[] = [];
  for (const inspection of inspections) {
    const started = performance.now();
    const { name, title } = inspection;
    const paths = touched.filter(inspection.concerns);
    const obstacle = whyNot(inspection, paths, context.missing);
    if (obstacle !== null) {
      checks.push({ name, seconds: 0, ...obstacle });
      continue;
    }
    context.onBegin?.(title);
    const inspected = await inspection.run(tree, paths, context);
    const own = inspected.findings.map((finding) => waive(finding));
    const counted = own.filter(({ severity }) => severity !== 'note').length;
    const leftOut = inspected.leftOut ?? [];
    const said = [
      ...(counted > 0 ? [`found ${counted}`] : []),
      ...(leftOut.length > 0 ? [`without ${leftOut.join(', ')}`] : []),
    ];
    findings.push(...own);
    checks.push({
      name,
      verdict: counted > 0 ? 'FAIL' : 'PASS',
      seconds: (performance.now() - started) / 1000,
      reason: said.join('; ') || null,
    });
  }
  return { checks, findings };
};

const whyNot = (
  { subject, tools }: Inspection,
  paths: readonly string[],
  missing: ReadonlySet<string>,
): Pick<CheckResult, 'verdict' | 'reason'> | null => {
  if (paths.length === 0)
    return { verdict: 'SKIP', reason: `the series touches no ${subject.replace(/^an? /, '')}` };
  const lacking = tools.filter((tool) => missing.has(tool));
  if (lacking.length === 0) return null;
  return { verdict: 'MISS', reason: `${lacking.join(', ')} not installed: run ./uio-msi setup` };
};
