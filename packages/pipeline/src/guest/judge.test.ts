// SPDX-License-Identifier: MIT
import type { GuestOutcome } from '@uio-msi/machine';
import type { CaseResult, Splat } from '@uio-msi/model';
import { describe, expect, it } from 'vitest';
import { judgeSuite as judge } from './judge.js';
import type { Meant } from './meant.js';
import type { SuiteRecord } from './stream.js';

const outcome: GuestOutcome = {
  end: 'poweroff',
  message: 'the job ended and the guest powered off',
  exitCode: 0,
  seconds: 20,
  readyAfter: 3,
  splats: [],
  badLines: 0,
  accelerator: 'tcg',
};
const splat: Splat = { kind: 'oops', title: 'BUG: kernel NULL pointer dereference', text: 'BUG: …\nRIP: …' };
const result = (id: string, changes: Partial<CaseResult> = {}): CaseResult => ({
  id,
  title: `title of ${id}`,
  clauses: [],
  device: 'rocker',
  vectors: 4,
  verdict: 'PASS',
  seconds: 0.1,
  message: null,
  log: null,
  ...changes,
});
const ran = (id: string, changes: Partial<CaseResult> = {}, bdf = '01.0'): SuiteRecord[] => [
  { type: 'start', id, device: 'rocker', vectors: 4 },
  { type: 'case', bdf, result: result(id, changes) },
];
const rocker = { device: 'rocker', bdf: '01.0', vectors: 4, interrupts: 'msix' } as const;
const suite: SuiteRecord & { readonly type: 'suite' } = {
  type: 'suite',
  devices: [rocker],
  depth: 'standard',
  left: 0,
};
const done: SuiteRecord = { type: 'done', verdict: 'PASS', counts: [1, 0, 0, 0] };
const meant: Meant = {
  devices: [
    { device: 'rocker', interrupts: 'msix', vectors: 4 },
    { device: 'pci-testdev', refused: 'no interrupt' },
  ],
  cases: ['a'],
};
const judgeSuite = (records: readonly SuiteRecord[], how: GuestOutcome) => judge(records, how, meant, 20);

it('passes when every case did and the kernel was quiet', () => {
  expect(judgeSuite([suite, ...ran('a'), ...ran('b'), { ...done, counts: [2, 0, 0, 0] }], outcome)).toEqual({
    verdict: 'PASS',
    reason: null,
    hurried: false,
    devices: [rocker],
    cases: [result('a'), result('b')],
    splats: [],
  });
});

it('names the case that failed, and how many more', () => {
  const failed = { verdict: 'FAIL', message: 'lost vector 3' } as const;
  const judged = judgeSuite([suite, ...ran('a'), ...ran('b', failed), ...ran('c', failed), done], outcome);
  expect(judged).toMatchObject({ verdict: 'FAIL', reason: 'b on rocker: lost vector 3 (and 1 more)' });
});

it('fails on a splat though every case passed', () => {
  const judged = judgeSuite([suite, ...ran('a'), done], { ...outcome, splats: [splat] });
  expect(judged).toMatchObject({ verdict: 'FAIL', reason: `oops: ${splat.title}`, splats: [splat] });
});

describe('a guest that ends in the middle', () => {
  const records: SuiteRecord[] = [
    suite,
    ...ran('a'),
    { type: 'start', id: 'b', device: 'rocker', vectors: 4 },
  ];

  it('names the case that ran, with the splat', () => {
    const judged = judgeSuite(records, { ...outcome, end: 'panic', exitCode: null, splats: [splat] });
    expect(judged).toMatchObject({ verdict: 'FAIL', reason: `b on rocker: ${splat.title}` });
    expect(judged.cases[1]).toMatchObject({
      id: 'b',
      verdict: 'FAIL',
      message: splat.title,
      log: splat.text,
      bdf: '01.0',
    });
  });

  it('does not guess on which of two like devices', () => {
    const twins = [{ ...suite, devices: [rocker, { ...rocker, bdf: '02.0' }] }, ...records.slice(1)];
    const judged = judgeSuite(twins, { ...outcome, end: 'panic', exitCode: null, splats: [splat] });
    expect(judged.cases[1]).not.toHaveProperty('bdf');
  });

  it('names the case that hung', () => {
    const hung = { ...outcome, end: 'silence', message: 'the guest hung', exitCode: null } as const;
    expect(judgeSuite(records, hung)).toMatchObject({
      verdict: 'FAIL',
      reason: 'b on rocker: the guest hung',
      hurried: true,
    });
  });

  it('was hurried at a limit, unless the kernel said why', () => {
    const hung = { ...outcome, end: 'silence', exitCode: null } as const;
    expect(judgeSuite(records, hung).hurried).toBe(true);
    expect(judgeSuite(records, { ...hung, splats: [splat] }).hurried).toBe(false);
    expect(judgeSuite(records, { ...hung, end: 'panic' }).hurried).toBe(false);
  });

  it('is not the fault of the code when QEMU was killed', () => {
    const killed = { ...outcome, end: 'killed', message: 'QEMU was killed', exitCode: null } as const;
    expect(judgeSuite(records, killed)).toMatchObject({ verdict: 'ERROR' });
  });

  it('fails between two cases too', () => {
    const panic = { ...outcome, end: 'panic', message: 'the kernel panicked', exitCode: null } as const;
    expect(judgeSuite([suite, ...ran('a')], panic)).toMatchObject({
      verdict: 'FAIL',
      reason: 'the kernel panicked',
    });
  });
});

it('is not kept when a case was merely slow', () => {
  const slow = { verdict: 'FAIL', message: 'No result within 20 s', seconds: 20 } as const;
  const wrong = { verdict: 'FAIL', message: 'lost vector 3' } as const;
  expect(judgeSuite([suite, ...ran('a', slow)], outcome)).toMatchObject({ verdict: 'FAIL', hurried: true });
  expect(judgeSuite([suite, ...ran('a', slow), ...ran('b', wrong)], outcome).hurried).toBe(false);
  expect(judgeSuite([suite, ...ran('a', slow)], { ...outcome, splats: [splat] }).hurried).toBe(false);
});

it('does not take a suite that skipped everything for a pass', () => {
  const skipped = { verdict: 'SKIP', message: 'no provoker' } as const;
  expect(judgeSuite([suite, ...ran('a', skipped), done], outcome)).toMatchObject({
    verdict: 'MISS',
    reason: 'every case was skipped: no provoker',
  });
});

const pass = [suite, ...ran('a'), done];
const other = { device: 'rocker', vectors: 66 };
it.each<[string, readonly SuiteRecord[], Partial<GuestOutcome>, string]>([
  ['said nothing', [], { exitCode: 3 }, 'the suite ended with 3 before it was done'],
  ['ended before it was done', [suite, ...ran('a')], { exitCode: 3 }, 'before it was done'],
  ['ran no case', [suite, { ...done, counts: [0, 0, 0, 0] }], {}, 'ran no case'],
  ['had a line that is no record', pass, { badLines: 1 }, '1 lines'],
  ['sent a damaged record', [...pass, { type: 'damaged', of: 'case' }], {}, 'damaged record: case'],
  ['ended with a code of its own', pass, { exitCode: 137 }, 'the suite ended with 137'],
  ['calls itself an error', [suite, ...ran('a'), { ...done, verdict: 'ERROR' }], {}, 'own verdict is ERROR'],
  ['counts more than came', [suite, ...ran('a'), { ...done, counts: [2, 0, 0, 0] }], {}, 'counted 2,0,0,0'],
  [
    'skipped what the machine is there for',
    [
      suite,
      ...ran('b'),
      ...ran('a', { verdict: 'SKIP', message: 'no lockdown' }),
      { ...done, counts: [1, 0, 0, 1] },
    ],
    {},
    'a passed on no device: no lockdown',
  ],
  ['left that out', [suite, ...ran('b'), done], {}, 'a passed on no device: it did not run'],
  [
    'met another device',
    [{ ...suite, devices: [{ ...rocker, ...other }] }, ...ran('a', other), done],
    {},
    'met rocker with 66 msix, not rocker with 4 msix',
  ],
  [
    'met it with another type of interrupts',
    [{ ...suite, devices: [{ ...rocker, interrupts: 'msi' }] }, ...ran('a'), done],
    {},
    'met rocker with 4 msi, not rocker with 4 msix',
  ],
  ['met one less', [{ ...suite, devices: [] }, ...ran('a'), done], {}, 'met no device, not rocker with 4'],
  [
    'ran nothing on the device',
    [suite, ...ran('a', other, '02.0'), done],
    {},
    'no case ran on rocker 01.0 with 4',
  ],
  [
    'began what it did not end',
    [suite, { type: 'start', id: 'b', device: 'rocker', vectors: 4 }, ...ran('a'), done],
    {},
    'b on rocker began',
  ],
])('never passes a suite that %s', (_, records, how, reason) => {
  expect(judgeSuite(records, { ...outcome, ...how })).toMatchObject({
    verdict: 'ERROR',
    reason: expect.stringContaining(reason),
  });
});

it('tells twins apart', () => {
  const twins = [rocker, { ...rocker, bdf: '02.0' }];
  expect(
    judge([{ ...suite, devices: twins }, ...ran('a'), done], outcome, { devices: twins, cases: [] }, 20),
  ).toMatchObject({ verdict: 'ERROR', reason: 'no case ran on rocker 02.0 with 4 vectors' });
});
