// SPDX-License-Identifier: MIT
import type { Expected, GuestOutcome } from '@uio-msi/machine';
import type { CaseResult, DeviceSummary } from '@uio-msi/model';
import type { MetDevice, SuiteRecord } from './stream.js';

/**
 * What speaks against a pass although no case failed: records that were lost, damaged or do not
 * agree with each other, devices of the machine that the suite did not meet. A line each, for a
 * person; none when all is well.
 *
 * @param expected what there is to find in the machine
 */
export const doubtsAbout = (
  records: readonly SuiteRecord[],
  { badLines, exitCode }: Pick<GuestOutcome, 'badLines' | 'exitCode'>,
  expected: readonly Expected[],
): readonly string[] => {
  const of = <T extends SuiteRecord['type']>(type: T) =>
    records.filter((record): record is Extract<SuiteRecord, { type: T }> => record.type === type);
  const [damaged] = of('damaged');
  const [suite] = of('suite');
  const [done] = of('done');
  const cases = of('case').map(({ result }) => result);
  const met = sorted((suite?.devices ?? []).map(labelOf));
  const meant = sorted(expected.flatMap((device) => ('vectors' in device ? [labelOf(device)] : [])));
  const unanswered = of('start').find((start) => !cases.some((one) => one.id === start.id && on(start, one)));
  const idle = suite?.devices.find((device) => !cases.some((one) => ran(one) && on(device, one)));
  const counted = (['PASS', 'FAIL', 'ERROR', 'SKIP'] as const).map(
    (verdict) => cases.filter((one) => one.verdict === verdict).length,
  );
  const doubts: readonly (readonly [boolean, string])[] = [
    [badLines > 0, `${badLines} lines from the guest were no records`],
    [damaged !== undefined, `the suite sent a damaged record: ${damaged?.of}`],
    [done === undefined, `the suite ended with ${exitCode} before it was done`],
    [cases.length === 0, 'the suite ran no case'],
    [met !== meant, `the suite met ${met}, not ${meant}`],
    [idle !== undefined, `no case ran on ${idle?.device} with ${idle?.vectors} vectors`],
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

const labelOf = ({ device, interrupts, vectors }: MetDevice): string =>
  `${device} with ${vectors} ${interrupts}`;

const sorted = (labels: readonly string[]): string => labels.toSorted().join(', ') || 'no device';
