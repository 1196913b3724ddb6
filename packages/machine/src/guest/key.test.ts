// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { findArch } from '../arches.js';
import { findMachine } from '../machines.js';
import { machineKey } from './key.js';

const arch = findArch('x86_64');
const machine = findMachine('msix');
const keyText = async (...of: Parameters<typeof machineKey>) => JSON.stringify(await machineKey(...of));

it('is the same each time, and says nothing of where we are', async () => {
  const text = await keyText(arch, machine);
  expect(await keyText(arch, machine)).toBe(text);
  expect(text).not.toContain(process.cwd());
});

it('is another one for another machine, kernel command line or accelerator', async () => {
  const [first] = arch.accelerators;
  const texts = await Promise.all([
    keyText(arch, machine),
    keyText(arch, { ...machine, devices: ['e1000e'] }),
    keyText(arch, { ...machine, kernelArguments: ['intel_iommu=on'] }),
    keyText(arch, { ...machine, arguments: ['-device', 'intel-iommu'] }),
    keyText({ ...arch, kernelArguments: ['quiet'] }, machine),
    keyText({ ...arch, accelerators: [first] }, machine),
  ]);
  expect(new Set(texts).size).toBe(texts.length);
});

it('holds process 1, the sizes of a guest and the rules for splats', async () => {
  expect(await machineKey(arch, machine)).toMatchObject({
    init: expect.stringMatching(/^[0-9a-f]{64}$/),
    arguments: [expect.arrayContaining(['-smp', '2', '-m', '1024']), expect.anything()],
    splats: expect.arrayContaining([['warning', '/^WARNING: /', 'undefined']]),
  });
});
