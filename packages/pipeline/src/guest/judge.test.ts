// SPDX-License-Identifier: MIT
import type { GuestOutcome } from '@uio-msi/machine';
import type { CaseResult, Splat } from '@uio-msi/model';
import { describe, expect, it } from 'vitest';
import { judgeSuite } from './judge.js';
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
const ran = (id: string, changes: Partial<CaseResult> = {}): SuiteRecord[] => [
  { type: 'start', id, device: 'rocker', vectors: 4 },
  { type: 'case', result: result(id, changes) },
];
const suite: SuiteRecord = { type: 'suite', devices: [{ device: 'rocker', vectors: 4 }] };
const done: SuiteRecord = { type: 'done' };

it('passes when every case did and the kernel was quiet', () => {
  expect(judgeSuite([suite, ...ran('a'), ...ran('b'), done], outcome)).toEqual({
    verdict: 'PASS',
    reason: null,
    hurried: false,
    devices: [{ device: 'rocker', vectors: 4 }],
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
    });
  });

  it('names the case that hung', () => {
    const hung = { ...outcome, end: 'silence', message: 'the guest hung', exitCode: null } as const;
    expect(judgeSuite(records, hung)).toMatchObject({
      verdict: 'FAIL',
      reason: 'b on rocker: the guest hung',
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

it('does not take a suite that skipped everything for a pass', () => {
  const skipped = { verdict: 'SKIP', message: 'no provoker' } as const;
  expect(judgeSuite([suite, ...ran('a', skipped), done], outcome)).toMatchObject({ verdict: 'SKIP' });
});

it.each([
  ['said nothing', []],
  ['ended before it was done', [suite, ...ran('a')]],
  ['ran no case', [suite, done]],
] as const)('never passes a suite that %s', (_, records) => {
  expect(judgeSuite([...records], { ...outcome, exitCode: 3 }).verdict).toBe('ERROR');
});
