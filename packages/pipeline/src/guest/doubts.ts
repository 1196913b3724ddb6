// SPDX-License-Identifier: MIT
import type { GuestOutcome } from '@uio-msi/machine';
import type { CaseResult, DeviceSummary } from '@uio-msi/model';
import type { Meant } from './meant.js';
import type { MetDevice, SuiteRecord } from './stream.js';

/**
 * What speaks against a pass although no case failed: records that were lost, damaged or do not
 * agree with each other, devices of the machine that the suite did not meet, cases that it was to
 * try and left out. A line each, for a person; none when all is well.
 */
export const doubtsAbout = (
  records: readonly SuiteRecord[],
  { badLines, exitCode }: Pick<GuestOutcome, 'badLines' | 'exitCode'>,
  meant: Meant,
): readonly string[] => {
  const of = <T extends SuiteRecord['type']>(type: T) =>
    records.filter((record): record is Extract<SuiteRecord, { type: T }> => record.type === type);
  const [damaged] = of('damaged');
  const [suite] = of('suite');
  const [done] = of('done');
  const results = of('case');
  const cases = results.map(({ result }) => result);
  const met = sorted((suite?.devices ?? []).map(labelOf));
  const there = sorted(meant.devices.flatMap((device) => ('vectors' in device ? [labelOf(device)] : [])));
  const unanswered = of('start').find((start) => !cases.some((one) => one.id === start.id && on(start, one)));
  const untried = meant.cases.find((id) => !cases.some((one) => one.id === id && one.verdict === 'PASS'));
  const left = cases.find((one) => one.id === untried)?.message;
  const idle = suite?.devices.find(
    (device) => !results.some(({ bdf, result }) => bdf === device.bdf && ran(result)),
  );
  const counted = (['PASS', 'FAIL', 'ERROR', 'SKIP'] as const).map(
    (verdict) => cases.filter((one) => one.verdict === verdict).length,
  );
  const doubts: readonly (readonly [boolean, string])[] = [
    [badLines > 0, `${badLines} lines from the guest were no records`],
    [damaged !== undefined, `the suite sent a damaged record: ${damaged?.of}`],
    [done === undefined, `the suite ended with ${exitCode} before it was done`],
    [cases.length === 0, 'the suite ran no case'],
    [met !== there, `the suite met ${met}, not ${there}`],
    [untried !== undefined, `${untried} passed on no device: ${left ?? 'it did not run'}`],
    [idle !== undefined, `no case ran on ${idle?.device} ${idle?.bdf} with ${idle?.vectors} vectors`],
    [unanswered !== undefined, `${unanswered?.id} on ${unanswered?.device} began and gave no result`],
    [
      `${done?.counts}` !== `${counted}`,
      `the suite counted ${done?.counts} passed, failed, errors and skipped; ${counted} came`,
    ],
    [done?.verdict !== 'PASS', `the suite's own verdict is ${done?.verdict}`],
    [exitCode !== 0, `the suite ended with ${exitCode}`],
  ];
  return doubts.filter(([doubtful]) => doubtful).map(([, text]) => text);
};

const on = (a: DeviceSummary, b: DeviceSummary): boolean => a.device === b.device && a.vectors === b.vectors;

const ran = ({ verdict }: CaseResult): boolean => verdict !== 'SKIP';

const labelOf = ({ device, interrupts, vectors }: Omit<MetDevice, 'bdf'>): string =>
  `${device} with ${vectors} ${interrupts}`;

const sorted = (labels: readonly string[]): string => labels.toSorted().join(', ') || 'no device';
