// SPDX-License-Identifier: MIT
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState } from '@uio-msi/host';
import type { GuestOutcome } from '@uio-msi/machine';
import type { Splat, StageName } from '@uio-msi/model';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeCell } from '../../test/fake-cell.js';
import type { Guest } from '../guest/guests.js';
import type { StageContext } from '../stage/stage.js';
import { selftest } from './selftest.js';

const splat: Splat = { kind: 'kmemleak', title: 'unreferenced object', text: 'unreferenced object' };
const outcome: GuestOutcome = {
  end: 'poweroff',
  message: 'the job ended and the guest powered off',
  exitCode: 0,
  seconds: 5,
  readyAfter: 3,
  splats: [],
  badLines: 0,
  accelerator: 'tcg',
};

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'uio-msi-selftest-'));
});
afterEach(() => rm(dir, { recursive: true }));

const testWith = async (
  changes: Partial<GuestOutcome>,
  output = '1..1\nok 1 set\n',
  more: StageName[] = [],
  records: Guest['records'] = [],
) => {
  const done = { ...outcome, ...changes };
  const guest: Guest = {
    machine: 'msix',
    drivers: ['uio', 'uio_msi'],
    session: { ready: Promise.resolve({ kernel: '9.1.0', after: 3 }), done: Promise.resolve(done) },
    records,
    selftests: () => [
      { program: 'uio_msi', id: '1b36:0006', code: output.includes('not ok') ? 1 : 0, output },
    ],
    firstResult: () => null,
    splats: async () => done.splats,
    console: async () => '',
  };
  const planned = { ...fakeCell(), selftests: ['uio'] };
  const inputs = {
    planned,
    output: () => 'uio_msi',
    found: () => ({ findings: [] }),
    wanted: new Set<StageName>(['selftest', ...more]),
  };
  const ctx = {
    state: await openState(dir),
    tools: { suite: async () => ({ dir, digest: '' }) },
    guests: { on: async () => [guest], off: async () => {} },
    log: join(dir, 'log'),
  };
  return selftest.run(inputs, ctx as unknown as StageContext);
};

it('passes when the tests did and nothing was wrong behind them', async () => {
  expect(await testWith({})).toMatchObject({ verdict: 'PASS', reason: null });
});

it.each([
  ['a splat after the last test', { splats: [splat] }, 'FAIL', `msix: kmemleak: ${splat.title}`],
  ['a kernel that panicked then', { end: 'panic', message: 'it panicked' }, 'FAIL', 'msix: it panicked'],
  ['a driver that is gone', { exitCode: 2 }, 'FAIL', 'msix: the driver uio_msi is not in sysfs'],
  ['a QEMU that was killed', { end: 'killed', message: 'killed' }, 'ERROR', 'msix: killed'],
] as const)('alone, does not pass with %s', async (_, changes, verdict, reason) => {
  expect(await testWith(changes)).toMatchObject({ verdict, reason });
});

const BEGUN: Guest['records'] = [{ type: 'suite', devices: [], depth: 'quick', left: 0 }];

it.each([
  ['a splat', { splats: [splat] }, [], `msix: kmemleak: ${splat.title}`],
  ['a splat, whatever ran by then', { splats: [splat] }, BEGUN, `msix: kmemleak: ${splat.title}`],
  [
    'a panic before the suite',
    { end: 'panic', message: 'it panicked', exitCode: null },
    [],
    'msix: it panicked',
  ],
] as const)(
  'before the suite, does not pass with %s: the ledger may speak for the suite',
  async (_, changes, records, reason) => {
    expect(await testWith(changes, undefined, ['conform'], records)).toMatchObject({
      verdict: 'FAIL',
      reason,
    });
  },
);

it.each([
  ['did not end', { end: 'silence', message: 'silent', exitCode: null }, BEGUN],
  ['found a failure', { exitCode: 1 }, BEGUN],
  ['refused to begin', { exitCode: 2 }, []],
] as const)('leaves it to the suite that it %s', async (_, changes, records) => {
  expect(await testWith(changes, undefined, ['conform'], records)).toMatchObject({
    verdict: 'PASS',
    outputs: { accelerator: 'tcg' },
  });
});

it('names the test that failed, not what that led to', async () => {
  expect(await testWith({ splats: [splat] }, '1..1\nnot ok 1 set\n')).toMatchObject({
    verdict: 'FAIL',
    reason: expect.stringContaining('uio_msi.set on rocker'),
  });
});

it('keeps what it saw alone apart from what it saw before the suite', async () => {
  const key = async (...wanted: StageName[]) =>
    (await selftest.key?.(
      {
        planned: { ...fakeCell(), machines: [] },
        output: () => 'x',
        found: () => ({ findings: [] }),
        wanted: new Set(wanted),
      },
      {
        baseImageName: async () => 'base',
        qemuVersion: async () => '9',
        once: (_: string, find: () => Promise<unknown>) => find(),
      } as unknown as StageContext['tools'],
    )) as object;
  expect(await key('selftest')).not.toEqual(await key('selftest', 'conform'));
});

it('has nothing to do for a series without selftests', () => {
  const inputs = (selftests: string[]) => ({
    planned: { ...fakeCell(), selftests },
    output: () => '',
    found: () => ({ findings: [] }),
    wanted: new Set<StageName>(),
  });
  expect(selftest.skip?.(inputs([]))).toBe('the series brings no selftests');
  expect(selftest.skip?.(inputs(['uio']))).toBeNull();
});
