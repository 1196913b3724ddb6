// SPDX-License-Identifier: MIT
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Bench } from '../bench/bench.js';
import { Skip } from '../bench/verdicts.js';
import { CASES } from './table.js';

it('does not blame the driver for a kernel that lets nobody write to configuration space', async () => {
  const sys = mkdtempSync(join(tmpdir(), 'uio-msi-identity-'));
  mkdirSync(join(sys, 'kernel/security'), { recursive: true });
  writeFileSync(join(sys, 'kernel/security/lockdown'), 'none [integrity] confidentiality\n');
  const touched: string[] = [];
  const bench = {
    rig: { roots: { sys, proc: '/proc', dev: '/dev' }, bdf: '0000:00:04.0' },
    unbind: () => touched.push('unbind'),
  } as unknown as Bench;
  const leftOn = CASES.find(({ id }) => id === 'identity.bus-master-left-on');
  expect(() => leftOn?.run(bench)).toThrow(Skip);
  expect(touched).toEqual([]);
});
