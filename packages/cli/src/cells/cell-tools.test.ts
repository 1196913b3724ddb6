// SPDX-License-Identifier: MIT
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { cellTools, tierTools } from './cell-tools.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const packages = async (tier: 'check' | 'weekly') =>
  (await tierTools('uio_msi', tier, { root })).map((tool) => tool.package);

it('is what the matrix of the series asks for, each package once', async () => {
  const weekly = await packages('weekly');
  expect(weekly).toEqual(expect.arrayContaining(['qemu-system-arm', 'clang-19', 'lld-19', 'llvm-19']));
  expect(new Set(weekly).size).toBe(weekly.length);
  expect(await packages('check')).not.toContain('qemu-system-arm');
});

it('is no emulator where nothing is booted', () => {
  expect(cellTools('riscv64', 'gcc').map(({ name }) => name)).not.toContain('qemu-system-riscv64');
});
