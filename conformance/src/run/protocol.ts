// SPDX-License-Identifier: MIT
import type { ModelRecord } from '../devices/table.js';
import type { Exploration } from '../model/exploration.js';
import type { Binding } from '../pci/sysfs.js';
import type { Rates } from '../rates/measure.js';
import type { DeviceRecord, Verdict } from '../report/records.js';

/*
 * Two threads: one reports and watches the clock and never touches the device; the other, the
 * executor, runs the cases and may be held by the kernel for ever. These messages pass between.
 */

/** What the executor is given at its start. */
export interface ExecutorSetup {
  /** The suite's own program, for second processes. */
  readonly entry: string;
  readonly devices: readonly (DeviceRecord & { readonly model: ModelRecord })[];
  /** The machine was made for this run: see bench/machine.ts. */
  readonly disposable: boolean;
  readonly exploration: Exploration;
  /** Where it notes its last step: see `last-step.ts`. */
  readonly lastStep: SharedArrayBuffer;
}

/** What the executor is told to do. */
export type Job =
  | { readonly kind: 'case'; readonly id: string; readonly bdf: string }
  | { readonly kind: 'rates'; readonly bdf: string }
  | { readonly kind: 'restore'; readonly bdf: string; readonly original: Binding };

/** What it answers, once a job. */
export interface JobOutcome {
  readonly verdict: Verdict;
  readonly message: string | null;
  readonly log: string | null;
  readonly seconds: number;
  /** What came of measuring. */
  readonly rates?: Rates;
}

/** Does jobs, one at a time, each within its time. */
export interface Executor {
  /** Resolves to null when the time is over: the executor is then beyond help. */
  run(job: Job, limitMs: number): Promise<JobOutcome | null>;
  /** The last thing it set out to do. */
  lastStep(): string;
  /** Ends it. */
  close(): Promise<void>;
}
