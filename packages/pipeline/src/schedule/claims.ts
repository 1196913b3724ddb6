// SPDX-License-Identifier: MIT
import { availableParallelism, freemem } from 'node:os';
import type { StageName } from '@uio-msi/model';
import type { PlannedCell } from '../plan/plan.js';
import type { Amounts } from './budget.js';

/** What a stage takes of the machine. */
export interface Claim {
  readonly amounts: Amounts;
  /** Between how many guests it is divided, which go on behind the stage that powered them on; 0 when the stage's end is that of all. */
  readonly guests: number;
}

// MiB. A compiler has 150 to 400 with the largest files of a kernel; QEMU some beside its guest's memory.
const COMPILER = 400;
const TOOL = 200;
const QEMU = 150;

type Claims = (planned: PlannedCell, all: Amounts) => Claim;

// make is called with all processors (packages/build, make/make.ts). One is left: after an edit most of a build is one
// process, and beside the last guest of another cell, which does not fill its processor, it costs next to nothing. On two
// processors two may run at once, which together take as long as one behind the other.
const making: Claims = (_, { processors }) => ({
  amounts: { processors: Math.max(processors - 1, 1), memory: processors * COMPILER },
  guests: 0,
});
const looking: Claims = () => ({ amounts: { processors: 1, memory: TOOL }, guests: 0 });
const guests: Claims = ({ machines, demands }) => ({
  amounts: {
    processors: machines.length,
    memory: machines.length * (demands.memory + QEMU),
  },
  guests: machines.length,
});

const CLAIMS: Readonly<Partial<Record<StageName, Claims>>> = {
  check: looking,
  base: making,
  build: making,
  inspect: looking,
  boot: guests,
  selftest: guests,
  conform: guests,
};

/** What a stage of a cell takes of a machine; null when that is nothing to speak of. Pure. */
export const claimOf = (stage: StageName, planned: PlannedCell, all: Amounts): Claim | null =>
  CLAIMS[stage]?.(planned, all) ?? null;

/** What this machine has to give now: its processors, and the memory that is free. */
export const machineAmounts = (): Amounts => ({
  processors: availableParallelism(),
  memory: Math.floor(Math.min(freemem(), process.constrainedMemory() || Number.POSITIVE_INFINITY) / 2 ** 20),
});
