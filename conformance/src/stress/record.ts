// SPDX-License-Identifier: MIT
import { release } from 'node:os';
import { SUITE_VERSION } from '../version.js';
import type { StressEnd } from './conduct.js';
import { countOperations, type Outcomes, showFigures } from './figures.js';

/** What a stress run tells a script: one line of JSON. */
export interface StressRecord {
  readonly type: 'stress';
  readonly version: 1;
  readonly suite: string;
  /** `uname -r`. */
  readonly kernel: string;
  readonly devices: readonly { readonly device: string; readonly bdf: string; readonly vectors: number }[];
  readonly seed: number;
  /** Operations that were left out. */
  readonly without: readonly string[];
  readonly processes: number;
  readonly seconds: number;
  readonly operations: number;
  readonly outcomes: Outcomes;
  readonly raised: number;
  readonly received: number;
  readonly killed: number;
  readonly revoked: number;
  /** Nothing when all is well. */
  readonly complaints: readonly string[];
}

export const recordOf = (
  { figures, seconds, killed, revoked }: StressEnd,
  facts: Pick<StressRecord, 'devices' | 'seed' | 'without' | 'processes' | 'complaints'>,
): StressRecord => ({
  type: 'stress',
  version: 1,
  suite: SUITE_VERSION,
  kernel: release(),
  devices: facts.devices.map(({ device, bdf, vectors }) => ({ device, bdf, vectors })),
  seed: facts.seed,
  without: facts.without,
  processes: facts.processes,
  seconds: Math.round(seconds * 10) / 10,
  operations: countOperations(figures),
  ...figures,
  killed,
  revoked,
  complaints: facts.complaints,
});

/** The same for a person; with the last of the kernel's log when something is wrong. */
export const showStress = (record: StressRecord, log: readonly string[]): string[] => [
  ...showFigures(record),
  `${record.operations} operations in ${record.seconds} s, seed ${record.seed}`,
  ...(record.without.length === 0 ? [] : [`left out: ${record.without.join(', ')}`]),
  `${record.raised} interrupts raised, ${record.received} events received`,
  `${record.killed} processes killed, ${record.revoked} ended by touching a device that was gone`,
  ...record.complaints.map((complaint) => `FAIL: ${complaint}`),
  ...(record.complaints.length === 0 ? ['PASS: no complaint'] : log.slice(-200)),
];
