// SPDX-License-Identifier: MIT
import type { CheckResult, Finding } from '@uio-msi/model';
import type { CheckContext } from './check.js';
import { noteExpected } from './expected.js';
import type { BuiltTree, Inspected, Inspection } from './inspection.js';
import { coccinelle } from './inspections/coccinelle.js';
import { documentation } from './inspections/documentation.js';
import { headers } from './inspections/headers.js';
import { kernelDoc } from './inspections/kernel-doc.js';
import { sparse } from './inspections/sparse.js';

/** Every inspection there is. */
export const INSPECTIONS: readonly Inspection[] = [
  ...[sparse, coccinelle],
  ...[kernelDoc, headers, documentation],
];

/** What inspecting takes beside the tree. */
export interface InspectContext extends CheckContext {
  /** Commands that are not installed. */
  readonly missing: ReadonlySet<string>;
  /** Does what reads sources alone once for all cells that have the same; default: each for itself. */
  readonly once?: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  /** Told the title of each inspection as it begins. */
  readonly onBegin?: (title: string) => void;
}

/** What one inspection gave, also one that had nothing to look at or could not be run. */
export interface InspectionReport extends Required<Inspected> {
  readonly name: string;
  readonly seconds: number;
  /** Why it was left out; null when it was not. */
  readonly obstacle: Pick<CheckResult, 'verdict' | 'reason'> | null;
}

/**
 * Runs inspections on a tree, one after the other, for make is called in one build folder, and
 * notes what is expected.
 *
 * @param touched what the series touches and the tree has
 * @returns a report for each
 * @throws {EnvironmentError} when a tool says what is not understood
 * @throws {Interrupted} when the signal aborts
 */
export const runInspections = async (
  tree: BuiltTree,
  touched: readonly string[],
  context: InspectContext,
  inspections: readonly Inspection[] = INSPECTIONS,
): Promise<readonly InspectionReport[]> => {
  const reports: InspectionReport[] = [];
  for (const inspection of inspections) {
    const started = performance.now();
    const { name, title } = inspection;
    const paths = touched.filter(inspection.concerns);
    const obstacle = whyNot(inspection, paths, context.missing);
    if (obstacle === null) context.onBegin?.(title);
    const nothing: Inspected = { findings: [] };
    const look = () => inspection.run(tree, paths, context);
    const mayShare = inspection.sourcesOnly && context.once;
    const looking = () => (mayShare ? mayShare(`${name} ${paths.join(' ')}`, look) : look());
    const { findings, leftOut = [] } = obstacle ? nothing : await looking();
    const own = findings.map((finding) => noteExpected(finding));
    const seconds = obstacle ? 0 : (performance.now() - started) / 1000;
    reports.push({ name, seconds, findings: own, leftOut, obstacle });
  }
  return reports;
};

/**
 * What inspections come to when of what they found this is left. Pure.
 *
 * @param left findings; notes do not count
 */
export const judgeReports = (
  reports: readonly InspectionReport[],
  left: readonly Finding[],
): readonly CheckResult[] =>
  reports.map(({ name, seconds, leftOut, obstacle }) => {
    if (obstacle) return { name, seconds, ...obstacle };
    const counted = left.filter(({ tool, severity }) => tool === name && severity !== 'note').length;
    const said = [
      ...(counted > 0 ? [`found ${counted}`] : []),
      ...(leftOut.length > 0 ? [`without ${leftOut.join(', ')}`] : []),
    ];
    return { name, verdict: counted > 0 ? 'FAIL' : 'PASS', seconds, reason: said.join('; ') || null };
  });

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
