// SPDX-License-Identifier: MIT
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Bench } from '../bench/bench.js';
import { Skip } from '../bench/verdicts.js';
import type { Roots } from '../pci/sysfs.js';
import { mappingThrough } from './safe.js';
import { CASES } from './table.js';

const rootsWith = (lockdown: string): Roots => {
  const sys = mkdtempSync(join(tmpdir(), 'uio-msi-lockdown-'));
  mkdirSync(join(sys, 'kernel/security'), { recursive: true });
  writeFileSync(join(sys, 'kernel/security/lockdown'), `${lockdown}\n`);
  return { sys, proc: '/proc', dev: '/dev' };
};
const LOCKED = rootsWith('none [integrity] confidentiality');

it('does not blame the driver for a kernel that lets nobody write to configuration space', () => {
  const touched: string[] = [];
  const bench = {
    rig: { roots: LOCKED, bdf: '0000:00:04.0' },
    unbind: () => touched.push('unbind'),
  } as unknown as Bench;
  const leftOn = CASES.find(({ id }) => id === 'identity.bus-master-left-on');
  expect(() => leftOn?.run(bench)).toThrow(Skip);
  expect(touched).toEqual([]);
});

it('expects of mapping a BAR through sysfs what the kernel asks first', () => {
  const unlocked = rootsWith('[none] integrity confidentiality');
  expect([false, true].map((warned) => mappingThrough(LOCKED, warned))).toEqual(['EPERM', 'EPERM']);
  expect([false, true].map((warned) => mappingThrough(unlocked, warned))).toEqual(['EINVAL', 'success']);
});
