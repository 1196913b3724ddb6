// SPDX-License-Identifier: MIT
import { readFile } from 'node:fs/promises';
import { findArch, findMachine, STANDARD_MACHINES } from '@uio-msi/machine';
import { expect, it } from 'vitest';
import { meantOf } from './meant.js';

const read = (path: string) => readFile(new URL(`../../../../${path}`, import.meta.url), 'utf8');
const meant = async (machine: string, config: string, arch = 'x86_64') =>
  meantOf(findMachine(machine), findArch(arch), [
    { name: config, text: await read(`linux-tree/configs/${config}.config`), required: true },
  ]);

it('is what the machine is made for, and with a kernel that watches itself more', async () => {
  const plain = (await meant('mixed', 'minimal')).cases;
  expect(plain).toEqual(expect.arrayContaining(['refuse.iommu', 'raw.lockdown', 'line.neighbour']));
  const debug = (await meant('mixed', 'debug')).cases;
  expect(debug).toEqual([...plain, ...debug.slice(plain.length)]);
  expect(debug).toEqual(expect.arrayContaining(['fault.open', 'fault.kmemleak']));
  expect((await meant('msix', 'kcsan')).cases).not.toContain('fault.open');
});

it('has nothing behind an IOMMU where there is none for it', async () => {
  const behind = (arch: string) => meant('mixed', 'minimal', arch);
  const refused = { device: 'edu', refused: 'iommu' };
  expect((await behind('x86_64')).devices).toContainEqual(refused);
  const { devices, cases } = await behind('arm64');
  expect(devices).not.toContainEqual(refused);
  expect(cases).not.toContain('refuse.iommu');
});

it('speaks of cases that there are', async () => {
  // No package depends on the suite, which runs in guests.
  const table = new URL('../../../../conformance/src/cases/table.ts', import.meta.url).href;
  const { CASES }: { CASES: readonly { id: string }[] } = await import(table);
  const known = CASES.map(({ id }) => id);
  for (const machine of STANDARD_MACHINES)
    expect(known).toEqual(expect.arrayContaining([...(await meant(machine, 'debug')).cases]));
});
