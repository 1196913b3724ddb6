// SPDX-License-Identifier: MIT
import { availableParallelism, freemem } from 'node:os';
import type { StageName } from '@uio-msi/model';
import { demandsOf } from '../guest/demands.js';
import type { PlannedCell } from '../plan/plan.js';
import type { Amounts } from './budget.js';

/** What a stage takes of the machine. */
export interface Claim {
  readonly amounts: Amounts;
  /** Whether it is taken until the cell has ended: a guest goes on behind the stage that powered it on. */
  readonly kept: boolean;
}

// MiB. A compiler has 150 to 400 with the largest files of a kernel; QEMU some beside its guest's memory.
const COMPILER = 400;
const TOOL = 200;
const QEMU = 150;

type Claims = (planned: PlannedCell, all: Amounts) => Claim;

// make is called with all processors (packages/build, make/make.ts).
const making: Claims = (_, { processors }) => ({
  amounts: { processors, memory: processors * COMPILER },
  kept: false,
});
const looking: Claims = () => ({ amounts: { processors: 1, memory: TOOL }, kept: false });
const guests: Claims = ({ machines, fragments }) => ({
  amounts: {
    processors: machines.length,
    memory: machines.length * (demandsOf(fragments).memory + QEMU),
  },
  kept: true,
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
