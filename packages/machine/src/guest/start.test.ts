// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openState, run, type State } from '@uio-msi/host';
import { Interrupted, silent } from '@uio-msi/model';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FLOOD, fakeKernel, HANG, NO_ROOT, RESET, say } from '../../test/fake-kernel.js';
import { type Arch, findArch } from '../arches.js';
import { findMachine } from '../machines.js';
import type { GuestRecord } from './records.js';
import type { GuestSpec } from './spec.js';
import { startGuest } from './start.js';

let state: State;
beforeAll(async () => {
  state = await openState(await mkdtemp(join(tmpdir(), 'start-test-')));
});
afterAll(() => rm(state.dir, { recursive: true }));
afterEach(() => void vi.unstubAllEnvs());

const real = findArch('x86_64');
// Tests do not wait for the probe of an accelerator that may hang.
const tcg: Arch = { ...real, accelerators: [real.accelerators.at(-1) ?? real.accelerators[0]] };

const specOf = async (code: readonly number[], overrides: Partial<GuestSpec> = {}): Promise<GuestSpec> => {
  const image = state.path('kernel');
  await writeFile(image, fakeKernel(code));
  return {
    arch: tcg,
    image,
    machine: findMachine('msix'),
    modules: [],
    files: [],
    job: ['true'],
    limits: { ready: 10, total: 20, silence: 5 },
    consoleLog: state.path('runs/1/console.log'),
    memory: 512,
    ...overrides,
  };
};

describe('a guest on a real QEMU', () => {
  it('that hangs before it is ready is ended at the limit', async () => {
    const spec = await specOf(HANG, { limits: { ready: 2, total: 20, silence: 5 } });
    const guest = await startGuest(spec, { state, progress: silent });
    expect(await guest.ready).toBeNull();
    const outcome = await guest.done;
    expect(outcome).toMatchObject({ end: 'not-ready', exitCode: null, readyAfter: null, accelerator: 'tcg' });
    expect(outcome.consoleEmpty).toBe(true);
    expect(outcome.seconds).toBeGreaterThan(1.9);
    expect(outcome.seconds).toBeLessThan(6);
  });

  it('that never said a word makes the next one try its accelerator again', async () => {
    const code = [...NO_ROOT, ...RESET];
    const better: Arch = {
      ...tcg,
      accelerators: [{ ...tcg.accelerators[0], name: 'better' }, ...tcg.accelerators],
    };
    const remembered = async () => (await readdir(state.path('guest'))).includes('accelerator-x86_64.json');
    const spec = await specOf(code, { arch: better, limits: { ready: 8, total: 20, silence: 5 } });
    const guest = await startGuest(spec, { state, progress: silent });
    expect(await guest.done).toMatchObject({ end: 'panic', accelerator: 'better' });
    expect(await remembered()).toBe(true);
    await specOf(HANG);
    const dumb = await startGuest(spec, { state, progress: silent });
    expect(await dumb.done).toMatchObject({ end: 'not-ready', accelerator: 'better' });
    expect(await remembered()).toBe(false);
  });

  it('that resets without a word says so, and its console is kept', async () => {
    const spec = await specOf([...say('hello\n'), ...RESET]);
    const guest = await startGuest(spec, { state, progress: silent });
    const outcome = await guest.done;
    expect(outcome).toMatchObject({ end: 'reset', splats: [] });
    expect(outcome).not.toHaveProperty('consoleEmpty');
    expect(await readFile(spec.consoleLog, 'utf8')).toContain('hello\n');
  });

  it('that panics before init is a panic with its splat', async () => {
    const panic = 'Kernel panic - not syncing: No working init found.';
    const spec = await specOf([
      ...say(`[    1.5] ${panic}\r\n[    1.6] ---[ end Kernel panic ---\r\n`),
      ...RESET,
    ]);
    const guest = await startGuest(spec, { state, progress: silent });
    const outcome = await guest.done;
    expect(outcome).toMatchObject({ end: 'panic', message: `the kernel panicked: ${panic}` });
    expect(outcome.splats).toMatchObject([{ kind: 'panic', title: panic }]);
  });

  it('ends at once when its console cannot be written, which is not its fault', async () => {
    const spec = await specOf(FLOOD, { consoleLog: '/dev/full' });
    const guest = await startGuest(spec, { state, progress: silent });
    await expect(guest.done).rejects.toMatchObject({
      code: 'log-not-writable',
      exitCode: 3,
      why: expect.stringContaining('ENOSPC'),
    });
  });

  it('is not started when its console log cannot be opened', async () => {
    const spec = await specOf(HANG, { consoleLog: state.path('kernel', 'console.log') });
    const guest = await startGuest(spec, { state, progress: silent });
    await expect(guest.done).rejects.toMatchObject({ code: 'log-not-writable' });
  });

  it('that QEMU cannot load is the fault of what was given to it', async () => {
    const spec = await specOf(HANG, { image: '/dev/null' });
    const guest = await startGuest(spec, { state, progress: silent });
    await expect(guest.done).rejects.toMatchObject({ code: 'qemu-failed', exitCode: 3 });
    expect(await guest.ready).toBeNull();
  });

  it('ends with the signal, and leaves nothing behind', async () => {
    const controller = new AbortController();
    const temporary = state.path('a,comma');
    await mkdir(temporary);
    vi.stubEnv('TMPDIR', temporary);
    const guest = await startGuest(await specOf(HANG), {
      state,
      progress: silent,
      signal: controller.signal,
    });
    setTimeout(() => controller.abort('SIGINT'), 500);
    await expect(guest.done).rejects.toThrow(Interrupted);
    expect(await readdir(temporary)).toEqual([]);
    expect((await readdir(state.path('guest'))).filter((name) => name.startsWith('initrd-'))).toEqual([]);
    expect((await run('pgrep', ['-f', `qemu.*${state.path('kernel')}`])).stdout).toBe('');
  });
});

describe('a guest that floods its console', () => {
  it('is ended, and its log stays bounded', async () => {
    const spec = await specOf(FLOOD, { limits: { ready: 60, total: 60, silence: 60 }, maxBytes: 20_000 });
    const guest = await startGuest(spec, { state, progress: silent });
    expect(await guest.done).toMatchObject({ end: 'flood' });
    expect((await readFile(spec.consoleLog)).length).toBeLessThan(200_000);
  });
});

describe("a guest's records", () => {
  const qemu = fileURLToPath(new URL('../../test/fake-qemu.mjs', import.meta.url));
  const play = async (steps: readonly object[], overrides: Partial<GuestSpec> = {}) => {
    vi.stubEnv('UIO_MSI_FAKE_GUEST', JSON.stringify(steps));
    const records: GuestRecord[] = [];
    const spec = await specOf(HANG, {
      arch: { ...tcg, qemu },
      onRecord: (record) => void records.push(record),
      ...overrides,
    });
    const guest = await startGuest(spec, { state, progress: silent });
    return { guest, records, outcome: await guest.done };
  };
  const READY = { to: 'result', text: '{"type":"ready","kernel":"7.2.6","seconds":1}\n' };
  const EXIT = { to: 'result', text: '{"type":"exit","code":1}\n' };

  it('tell that it is ready, what the job said, and how it ended', async () => {
    const { guest, records, outcome } = await play([
      READY,
      { to: 'result', text: '{"type":"case"}\n' },
      EXIT,
    ]);
    expect((await guest.ready)?.kernel).toBe('7.2.6');
    expect(records.map(({ type }) => type)).toEqual(['ready', 'case', 'exit']);
    expect(outcome).toMatchObject({ end: 'poweroff', exitCode: 1, badLines: 0 });
    expect(outcome.readyAfter).toBeGreaterThan(0);
  });

  it('that are none are counted and left out', async () => {
    const { records, outcome } = await play([READY, { to: 'result', text: 'what?\n', times: 3 }, EXIT]);
    expect(records).toHaveLength(2);
    expect(outcome.badLines).toBe(3);
  });

  it('that stop coming are a silence', async () => {
    const limits = { ready: 10, total: 20, silence: 1 };
    const { outcome } = await play([READY, { to: 'console', text: 'x', wait: 60_000 }], { limits });
    expect(outcome).toMatchObject({ end: 'silence', exitCode: null });
  });

  it('that never end are a flood', async () => {
    const line = `${'x'.repeat(999)}\n`;
    const { outcome } = await play([READY, { to: 'result', text: line, times: 1e6 }], { maxBytes: 1e6 });
    expect(outcome.end).toBe('flood');
    expect(outcome.badLines).toBeLessThan(3000);
  });

  it('may say that a module did not load', async () => {
    const { outcome } = await play([
      { to: 'result', text: '{"type":"module","module":"00-uio.ko","code":1}\n' },
    ]);
    expect(outcome).toMatchObject({ end: 'module', message: 'a module did not load: 00-uio.ko' });
  });
});
