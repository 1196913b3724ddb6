// SPDX-License-Identifier: MIT
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silent } from '@uio-msi/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeKernel, HANG, NO_ROOT, RESET, say } from '../../test/fake-kernel.js';
import { type Accelerator, findArch } from '../arches.js';
import { accelerates } from './probe.js';

const arch = findArch('x86_64');
const tcg = arch.accelerators.at(-1) as Accelerator;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probe,test-'));
});
afterAll(() => rm(folder, { recursive: true }));

const probe = async (code: readonly number[], accelerator = tcg, seconds?: number): Promise<boolean> => {
  const image = join(folder, 'kernel');
  await writeFile(image, fakeKernel(code));
  return accelerates({ arch, image, memory: 512 }, accelerator, { progress: silent }, seconds);
};

describe('accelerates', () => {
  it('is true for one that takes a kernel to the panic for want of a root', async () => {
    expect(await probe([...NO_ROOT, ...RESET])).toBe(true);
  });

  it.each([
    ['says nothing', []],
    ['panics on the way', say("Kernel panic - not syncing: IO-APIC + timer doesn't work!\r\n")],
  ])('is false for one whose kernel %s before it ends', async (_, code) => {
    expect(await probe([...code, ...RESET])).toBe(false);
  });

  it.each([
    ['at once', HANG],
    ['in its panic', [...NO_ROOT, ...HANG]],
  ])('is false for one whose kernel hangs %s, after the time limit', async (_, code) => {
    const started = performance.now();
    expect(await probe(code, tcg, 1)).toBe(false);
    expect(performance.now() - started).toBeGreaterThan(900);
  });

  it('is false at once for one that QEMU refuses or whose device is not there', async () => {
    const code = [...NO_ROOT, ...RESET];
    expect(await probe(code, { ...tcg, arguments: ['-accel', 'no-such'] })).toBe(false);
    expect(await probe(code, { ...tcg, device: '/dev/no-such' })).toBe(false);
  });
});
