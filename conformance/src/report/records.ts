// SPDX-License-Identifier: MIT
import type { InterruptType } from '../pci/config-space.js';

/**
 * What a case came to. FAIL: the driver is at fault. ERROR: the suite or the machine is. MISS: it
 * never ran. SKIP: it has nothing to say here, and says why. A run is FAIL, ERROR, PASS or SKIP.
 */
export type Verdict = 'FAIL' | 'ERROR' | 'MISS' | 'PASS' | 'SKIP';

/** How the message of a case that did not return in time begins. */
export const TIMED_OUT = 'No result within';

/** A device as results name it. `vectors` tells two of a kind apart. */
export interface DeviceRecord {
  readonly device: string;
  readonly bdf: string;
  readonly vectors: number;
  /** The interrupts that the driver takes of it. */
  readonly interrupts: InterruptType;
}

/** First line of a stream: what is about to be tested. */
export interface SuiteRecord {
  readonly type: 'suite';
  readonly version: number;
  readonly suite: string;
  /** `uname -r`. */
  readonly kernel: string;
  readonly devices: readonly DeviceRecord[];
  /** How much is run: see run/depth.ts. */
  readonly depth: string;
  /** How many runs of cases on these devices are left to greater depths and other machines. */
  readonly left: number;
}

/** A case begins: when no `case` record follows, it took the machine down. */
export interface StartRecord {
  readonly type: 'start';
  readonly device: string;
  readonly vectors: number;
  readonly id: string;
}

/** A case's result. */
export interface CaseRecord extends DeviceRecord {
  readonly type: 'case';
  readonly id: string;
  readonly title: string;
  readonly clauses: readonly string[];
  readonly verdict: Verdict;
  readonly seconds: number;
  /** Why it did not pass; null when it did. */
  readonly message: string | null;
  /** What the kernel logged meanwhile, when that matters. */
  readonly log: string | null;
}

/** How long interrupts of one vector took, from when it was raised until its eventfd was seen: seconds. */
export interface VectorRate {
  readonly vector: number;
  /** How many were had, one after the other. */
  readonly samples: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly longest: number;
  /** How many a second there were. */
  readonly perSecond: number;
}

/** How fast a device is here, for information: nothing is asked of it. */
export interface RatesRecord extends DeviceRecord {
  readonly type: 'rates';
  /** What raised its vectors: the device itself, or the driver's software trigger. */
  readonly by: 'device' | 'trigger';
  readonly rates: readonly VectorRate[];
}

/** Last line of a stream: the run came to its end. */
export interface DoneRecord {
  readonly type: 'done';
  readonly verdict: Verdict;
  readonly passed: number;
  readonly failed: number;
  /** Cases that are ERROR or MISS. */
  readonly errors: number;
  readonly skipped: number;
  readonly seconds: number;
}

/** A line of the stream. */
export type StreamRecord = SuiteRecord | StartRecord | CaseRecord | RatesRecord | DoneRecord;

/** The JSON file. */
export interface RunDocument extends Omit<SuiteRecord, 'type'>, Omit<DoneRecord, 'type'> {
  readonly cases: readonly Omit<CaseRecord, 'type'>[];
  /** Of devices that were measured. */
  readonly rates: readonly Omit<RatesRecord, 'type'>[];
}
