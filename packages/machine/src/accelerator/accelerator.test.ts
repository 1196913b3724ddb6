// SPDX-License-Identifier: MIT
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState, type State } from '@uio-msi/host';
import { silent } from '@uio-msi/model';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Accelerator, type Arch, findArch } from '../arches.js';
import { accelerates, findAccelerator } from './accelerator.js';

const ctx = { progress: silent };
const arch = findArch('x86_64');
const tcg = arch.accelerators.at(-1) as Accelerator;
// Its code is a jump to itself: a guest that was accepted and never runs on.
const hanging: Arch = {
  ...arch,
  probe: { ...arch.probe, disk: arch.probe.disk.with(0, 0xeb).with(1, 0xfe) },
};

describe('accelerates', () => {
  it('is true for one that runs a guest, wherever temporary files are', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'a,comma-'));
    vi.stubEnv('TMPDIR', folder);
    expect(await accelerates(arch, tcg, ctx)).toBe(true);
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  it('is false for one whose guest hangs, after the time limit', async () => {
    const started = performance.now();
    expect(await accelerates(hanging, tcg, ctx, 1)).toBe(false);
    expect(performance.now() - started).toBeGreaterThan(900);
  });

  it('is false at once for one that QEMU refuses or whose device is not there', async () => {
    expect(await accelerates(arch, { ...tcg, arguments: ['-accel', 'no-such'] }, ctx)).toBe(false);
    expect(await accelerates(arch, { ...tcg, device: '/dev/no-such' }, ctx)).toBe(false);
  });
});

describe('findAccelerator', () => {
  let state: State;
  beforeEach(async () => {
    state = await openState(await mkdtemp(join(tmpdir(), 'accelerator-test-')));
  });
  afterEach(() => rm(state.dir, { recursive: true }));

  const broken: Accelerator = { name: 'broken', device: null, arguments: ['-accel', 'no-such'] };
  const choice: Arch = { ...arch, accelerators: [broken, tcg] };
  const remembered = () => state.path('guest', 'accelerator-x86_64.json');

  it('takes the first that works, and remembers it', async () => {
    const notes: string[] = [];
    const progress = (event: { type: string; text?: string }) => void notes.push(event.text ?? '');
    expect((await findAccelerator(choice, state, { progress })).name).toBe('tcg');
    expect((await findAccelerator(choice, state, { progress })).name).toBe('tcg');
    expect(notes).toEqual(['trying whether broken runs a guest here']);
  });

  it('asks again when the answer is of another machine, or unreadable', async () => {
    await findAccelerator(choice, state, ctx);
    const good = await readFile(remembered(), 'utf8');
    for (const bad of ['{"key":"other","name":"broken"}', '{"key"', '', 'null']) {
      await writeFile(remembered(), bad);
      expect((await findAccelerator(choice, state, ctx)).name).toBe('tcg');
      expect(await readFile(remembered(), 'utf8')).toBe(good);
    }
  });

  it('says which command is missing when QEMU is not installed', async () => {
    await expect(findAccelerator({ ...arch, qemu: 'qemu-no-such' }, state, ctx)).rejects.toThrow(
      /qemu-no-such/,
    );
  });
});
