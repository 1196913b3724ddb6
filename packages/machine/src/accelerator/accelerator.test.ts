// SPDX-License-Identifier: MIT
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState, type State } from '@uio-msi/host';
import { type Progress, silent } from '@uio-msi/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeKernel, HANG, NO_ROOT, RESET } from '../../test/fake-kernel.js';
import { type Accelerator, type Arch, findArch } from '../arches.js';
import type { Boot } from '../boot.js';
import { findAccelerator, forgetAccelerator } from './accelerator.js';

const ctx = { progress: silent };
const arch = findArch('x86_64');
const tcg = arch.accelerators.at(-1) as Accelerator;

describe('findAccelerator', () => {
  let state: State;
  beforeEach(async () => {
    state = await openState(await mkdtemp(join(tmpdir(), 'accelerator-test-')));
  });
  afterEach(() => rm(state.dir, { recursive: true }));

  const broken: Accelerator = { name: 'broken', device: null, arguments: ['-accel', 'no-such'] };
  const better: Accelerator = { ...tcg, name: 'better' };
  const bootOf = async (accelerators: Arch['accelerators'], code: readonly number[]): Promise<Boot> => {
    const image = state.path('kernel');
    await writeFile(image, fakeKernel(code));
    return { arch: { ...arch, accelerators }, image, memory: 512 };
  };
  const choose = async (boot: Promise<Boot>, progress: Progress = silent): Promise<string> =>
    (await findAccelerator(await boot, state, { progress })).name;
  const remembered = () => state.path('guest', 'accelerator-x86_64.json');

  it('takes the first that boots the kernel, and remembers it', async () => {
    const notes: string[] = [];
    const progress: Progress = (event) => void (event.type === 'note' && notes.push(event.text));
    const boot = bootOf([broken, better, tcg], [...NO_ROOT, ...RESET]);
    expect(await choose(boot, progress)).toBe('better');
    expect(await choose(boot, progress)).toBe('better');
    expect(notes).toEqual([
      'trying whether broken boots a kernel here',
      'trying whether better boots a kernel here',
    ]);
  });

  it('takes the last, untried, when a kernel does not end under a better one', async () => {
    expect(await choose(bootOf([better, tcg], HANG))).toBe('tcg');
  });

  it('asks again when the answer is of another machine, forgotten or unreadable', async () => {
    const boot = await bootOf([broken, tcg], RESET);
    await findAccelerator(boot, state, ctx);
    const good = await readFile(remembered(), 'utf8');
    for (const bad of ['{"key":"other","name":"broken"}', '{"key"', '', 'null']) {
      await writeFile(remembered(), bad);
      expect((await findAccelerator(boot, state, ctx)).name).toBe('tcg');
      expect(await readFile(remembered(), 'utf8')).toBe(good);
    }
    await writeFile(remembered(), good.replace('tcg', 'broken'));
    expect((await findAccelerator(boot, state, ctx)).name).toBe('broken');
    await forgetAccelerator(arch, state);
    expect((await findAccelerator(boot, state, ctx)).name).toBe('tcg');
  });

  it('says which command is missing when QEMU is not installed', async () => {
    const boot = { arch: { ...arch, qemu: 'qemu-no-such' }, image: '/dev/null' };
    await expect(findAccelerator(boot, state, ctx)).rejects.toThrow(/qemu-no-such/);
  });
});
