// SPDX-License-Identifier: MIT
import { readFile } from 'node:fs/promises';
import { findMachine } from '@uio-msi/machine';
import { expect, it } from 'vitest';
import { demandsOf } from './demands.js';
import { caseLimit, guestLimits, jobOf } from './job.js';

const LOOKS = { depth: 'standard', elsewhere: [] } as const;
const fragment = (text: string) => ({ name: 'x', text, required: false });

it('asks for nothing special where a kernel does not watch itself', () => {
  expect(demandsOf([fragment('CONFIG_PCI=y\n')])).toEqual({ memory: 1024, patience: 1 });
});

it('gives guests of an architecture that is slower to emulate more time, whatever their kernel', () => {
  const memory = fragment('CONFIG_KASAN=y');
  expect(demandsOf([], 'arm64').patience).toBeGreaterThan(demandsOf([]).patience);
  expect(demandsOf([memory], 'arm64').patience).toBeGreaterThan(demandsOf([memory]).patience);
});

it('goes by the most demanding option that is on in the end', () => {
  const locks = fragment('CONFIG_PROVE_LOCKING=y');
  const memory = fragment('CONFIG_KASAN=y');
  expect(demandsOf([memory, locks])).toEqual(demandsOf([memory]));
  expect(demandsOf([memory, locks]).patience).toBeGreaterThan(demandsOf([locks]).patience);
  expect(demandsOf([memory, fragment('# CONFIG_KASAN is not set')]).patience).toBe(1);
});

it.each(['debug', 'kcsan'])('gives the guests of %s more time for everything', async (name) => {
  const path = new URL(`../../../../linux-tree/configs/${name}.config`, import.meta.url);
  const demands = demandsOf([fragment(await readFile(path, 'utf8'))]);
  expect(demands.patience).toBeGreaterThan(1);
  const tasks = { suite: true, selftests: true, drivers: ['uio', 'uio_msi'], demands, ...LOOKS };
  const job = jobOf(findMachine('msix'), tasks);
  expect(job).toContain(String(caseLimit(demands)));
  const { ready, silence, total } = guestLimits(demands);
  expect(silence).toBeGreaterThan(caseLimit(demands));
  expect(silence).toBeGreaterThan(Number(job[1]));
  expect(total).toBeGreaterThan(ready + silence);
});
