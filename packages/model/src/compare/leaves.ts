// SPDX-License-Identifier: MIT
import type { StageName } from '../cell.js';
import { type Finding, findingIdentity, WAIVERS_TOOL, withoutExcuse } from '../finding.js';
import { type CaseResult, caseIdentity, type Splat, type StageResult } from '../result.js';
import { isWorse, type Verdict } from '../verdict.js';
import type { Change, Subject } from './change.js';
import { splatFingerprint, withoutNumbers } from './fingerprint.js';

/** A part of a stage that has a verdict of its own. */
export interface Leaf extends Pick<Change, 'title' | 'reason' | 'fingerprint'> {
  /** What it is known by in two runs of one cell. */
  readonly id: string;
  readonly subject: Subject;
  readonly verdict: Verdict;
  /** Whether it is there only when it is bad: when it was looked for and is not there, it is good. */
  readonly onlyBad: boolean;
  /** What the reason of its stage says when it speaks of it. */
  readonly said: readonly string[];
}

/**
 * The parts of a stage, each once: of what is there twice, as on two machines, the worst. Pure.
 *
 * @param bad only those that failed, which of thousands of cases are few
 */
export const leavesOf = (result: StageResult, bad = false): ReadonlyMap<string, Leaf> => {
  const leaves = new Map<string, Leaf>();
  for (const leaf of [...cases(result, bad), ...checks(result), ...findings(result), ...splats(result)]) {
    const other = leaves.get(leaf.id);
    if (!other || isWorse(leaf.verdict, other.verdict)) leaves.set(leaf.id, leaf);
  }
  return leaves;
};

/** What tells the failure of a stage from others of it. Pure. */
export const stageFingerprint = ({ stage, reason }: Pick<StageResult, 'stage' | 'reason'>): string =>
  `${stage}: ${withoutNumbers(reason ?? '')}`;

const cases = ({ stage, cases = [] }: StageResult, bad: boolean): readonly Leaf[] => {
  const wanted = bad ? cases.filter(({ verdict }) => verdict === 'FAIL') : cases;
  const several = wanted.length === 0 ? new Set() : severalOf(cases);
  return wanted.map((one) => {
    const { id, device, vectors, bdf, verdict, message } = one;
    return {
      id: `case ${caseIdentity(one)}`,
      subject: { type: 'case', id, device, vectors, ...(bdf !== undefined && { bdf }) },
      verdict,
      onlyBad: false,
      title: `${id} on ${several.has(device) ? placeOf(one) : device}`,
      reason: message,
      said: [`${id} on ${device}`, message ?? ''],
      // One failure on several devices is one.
      fingerprint: `${stage}: ${id}: ${withoutNumbers(message ?? '')}`,
    };
  });
};

/** The kinds of devices of which there are several. */
const severalOf = (cases: readonly CaseResult[]): ReadonlySet<string> => {
  const first = new Map<string, string>();
  const several = new Set<string>();
  for (const one of cases) {
    const place = placeOf(one);
    if ((first.get(one.device) ?? place) !== place) several.add(one.device);
    first.set(one.device, place);
  }
  return several;
};

const placeOf = ({ device, vectors, bdf }: CaseResult): string =>
  [`${device}/${vectors}`, bdf].filter(Boolean).join(' ');

const checks = ({ stage, checks = [], findings }: StageResult): readonly Leaf[] =>
  checks.map(({ name, verdict, reason }) => ({
    id: JSON.stringify(['check', name]),
    subject: { type: 'check', name },
    // What it found speaks for itself.
    verdict: verdict === 'FAIL' && findings.some(({ tool }) => tool === name) ? 'DONE' : verdict,
    onlyBad: false,
    title: name,
    reason,
    said: [name, reason ?? ''],
    fingerprint: `${stage}: ${name}: ${withoutNumbers(reason ?? '')}`,
  }));

const findings = ({ stage, findings }: StageResult): readonly Leaf[] =>
  findings
    .filter(({ severity, message }) => severity !== 'note' || withoutExcuse(message) !== message)
    .map((finding) => findingLeaf(stage, finding));

/** A finding; one that is excused is there and was left out on purpose. */
export const findingLeaf = (stage: StageName, finding: Finding): Leaf => {
  const { tool, kind, file, severity } = finding;
  const excused = severity === 'note';
  const message = excused ? withoutExcuse(finding.message) : finding.message;
  return {
    id: JSON.stringify(['finding', findingIdentity({ ...finding, message })]),
    subject: { type: 'finding', tool, kind, file },
    verdict: excused ? 'SKIP' : 'FAIL',
    // A waiver that holds is not judged: that it has expired is no regression.
    onlyBad: tool !== WAIVERS_TOOL,
    title: `${file}: ${message}`,
    reason: excused ? finding.message.slice(message.length).trim() : `${tool} ${kind}`.trim(),
    said: [file, message],
    fingerprint: `${stage}: ${[tool, kind, file, message].join(': ')}`,
  };
};

const splats = ({ stage, splats = [] }: StageResult): readonly Leaf[] =>
  splats.map((splat) => splatLeaf(stage, splat));

/** A splat. */
export const splatLeaf = (stage: StageName, splat: Splat): Leaf => {
  const fingerprint = splatFingerprint(splat);
  return {
    id: JSON.stringify(['splat', fingerprint]),
    subject: { type: 'splat', kind: splat.kind },
    verdict: 'FAIL',
    onlyBad: true,
    title: splat.title,
    reason: splat.kind,
    said: [splat.kind, splat.title],
    fingerprint: `${stage}: ${fingerprint}`,
  };
};
