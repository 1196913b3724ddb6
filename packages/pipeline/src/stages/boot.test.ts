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
import { boot } from './boot.js';

const splat: Splat = { kind: 'oops', title: 'BUG: unable to handle', text: 'BUG: unable to handle' };
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
  dir = await mkdtemp(join(tmpdir(), 'uio-msi-boot-'));
});
afterEach(() => rm(dir, { recursive: true }));

const bootWith = async (changes: Partial<GuestOutcome>, wanted: readonly StageName[] = ['boot']) => {
  const done = { ...outcome, ...changes };
  const ready = done.readyAfter === null ? null : { kernel: '9.1.0', after: done.readyAfter };
  const guest: Guest = {
    machine: 'msix',
    drivers: ['uio', 'uio_msi'],
    session: { ready: Promise.resolve(ready), done: Promise.resolve(done) },
    records: [],
    selftests: () => [],
    firstResult: () => null,
    // The console's file lags behind the guest.
    splats: async () => [],
    console: async () => '',
  };
  const inputs = {
    planned: fakeCell(),
    output: () => 'x',
    found: () => ({ findings: [] }),
    wanted: new Set(wanted),
  };
  const ctx = {
    state: await openState(dir),
    tools: { suite: async () => ({ dir, digest: '' }) },
    guests: { on: async () => [guest], off: async () => {} },
    log: join(dir, 'log'),
  };
  return boot.run(inputs, ctx as unknown as StageContext);
};

it('is left out, with why, for an architecture without a machine, before its key is asked for', () => {
  const planned = fakeCell();
  const on = (arch: string) =>
    boot.skip?.({
      planned: { ...planned, cell: { ...planned.cell, arch } },
      output: () => 'x',
      found: () => ({ findings: [] }),
      wanted: new Set(['boot']),
    });
  expect(on('x86_64')).toBeNull();
  expect(on('riscv64')).toBe('there is no machine to boot riscv64 in: it is built only');
});

it('is left out, with why, where there is no kernel', () => {
  const text = '# Compiled is only what the series touches\n';
  const fragments = [{ name: 'allmod.config', text, required: true }];
  const inputs = {
    planned: { ...fakeCell(), fragments },
    output: () => 'x',
    found: () => ({ findings: [] }),
    wanted: new Set<StageName>(['boot']),
  };
  expect(boot.skip?.(inputs)).toMatch(/^only what the series touches is compiled/);
  const made: string[] = [];
  const tools = { baseImage: (arch: string) => made.push(arch) } as unknown as StageContext['tools'];
  boot.prepare?.(tools, [inputs.planned]);
  expect(made).toEqual([]);
  boot.prepare?.(tools, [inputs.planned, fakeCell()]);
  expect(made).toEqual(['x86_64']);
});

it('lacks an emulator that is not installed, and says where it comes from', async () => {
  const planned = fakeCell();
  const lacks = (arch: string, there: boolean) =>
    boot.lacks?.(
      {
        planned: { ...planned, cell: { ...planned.cell, arch } },
        output: () => 'x',
        found: () => ({ findings: [] }),
        wanted: new Set(['boot']),
      },
      { isInstalled: async () => there } as unknown as StageContext['tools'],
    );
  expect(await lacks('arm64', true)).toBeNull();
  expect(await lacks('arm64', false)).toBe(
    'qemu-system-aarch64 is not installed: apt-get install qemu-system-arm',
  );
});

it('passes when the guest was ready and nothing was wrong', async () => {
  expect(await bootWith({})).toMatchObject({ verdict: 'PASS', outputs: { ready: '3.0' } });
});

it('alone, looks at the guest to its end; before conform, leaves that to it', async () => {
  const late = { splats: [splat] };
  expect(await bootWith(late)).toMatchObject({ verdict: 'FAIL', reason: `msix: oops: ${splat.title}` });
  expect(await bootWith({ end: 'panic', message: 'panicked' })).toMatchObject({ verdict: 'FAIL' });
  expect(await bootWith(late, ['boot', 'conform'])).toMatchObject({ verdict: 'PASS' });
});

it('alone, fails when a driver did not come up, and names it', async () => {
  expect(await bootWith({ exitCode: 2 })).toMatchObject({
    verdict: 'FAIL',
    reason: 'msix: the driver uio_msi is not in sysfs',
  });
});

it('does not keep that a guest was slow, nor blame the kernel when it never spoke', async () => {
  const slow = { end: 'not-ready', readyAfter: null, exitCode: null } as const;
  expect(await bootWith(slow)).toMatchObject({ verdict: 'FAIL', hurried: true });
  expect(await bootWith({ ...slow, consoleEmpty: true })).toMatchObject({ verdict: 'ERROR' });
});
