// SPDX-License-Identifier: MIT
import type { Width } from '../sys/mmio.js';

/*
 * A provoker as data: what `provokers/*.yaml` and the files of `--provoker` say, once they were read
 * and found right. Plain values, so that it can be handed to another thread. Values and offsets are
 * the text of expressions: see expression.ts.
 */

/** Where a step reaches a register. */
interface At {
  readonly bar: number;
  readonly width: Width;
  readonly offset: string;
}

/** Writes a value; with a mask only the bits in it, and the others as they are read. */
export interface WriteStep extends At {
  readonly kind: 'write';
  readonly value: string;
  readonly mask: string | null;
}

/** Reads a register; as a name, later expressions can use what it held. */
export interface ReadStep extends At {
  readonly kind: 'read';
  readonly as: string | null;
}

/** Reads a register until the bits of the mask have a value. */
export interface WaitStep extends At {
  readonly kind: 'wait';
  readonly value: string;
  readonly mask: string | null;
  readonly withinMs: number;
}

/** Gives the device time. */
export interface PauseStep {
  readonly kind: 'pause';
  readonly ms: number;
}

export type Step = WriteStep | ReadStep | WaitStep | PauseStep;

/** What is done when: see `Provoker`. `vec` is known in the second and the third alone. */
export const PHASES = ['setup', 'raise', 'acknowledge', 'quiesce'] as const;
export type Phase = (typeof PHASES)[number];

/** The phases that are about one vector. */
export const OF_A_VECTOR: ReadonlySet<Phase> = new Set(['raise', 'acknowledge']);

export interface ProvokerFile extends Readonly<Record<Phase, readonly Step[]>> {
  /** As results call the device. */
  readonly name: string;
  /** `vendor:device` of the devices it is for. */
  readonly match: readonly string[];
  /** It raises vectors below this. */
  readonly vectors: number;
  readonly line: boolean;
  /** The file as it was read. */
  readonly text: string;
  /** Bytes of each BAR that a step may reach, by number. */
  readonly bars: Readonly<Record<number, number>>;
}

/** Bounds of what a file may say. */
export const LIMITS = {
  /** Bytes of the file. */
  file: 32 * 1024,
  /** Entries of an MSI-X table: PCI Local Bus Specification 3.0, 6.8.2. */
  vectors: 2048,
  /** Steps of a phase. */
  steps: 64,
  /** Bytes of a BAR; expressions of more would be no safe integers on the way to an address. */
  bar: 2 ** 40,
  pauseMs: 100,
  waitMs: 5000,
} as const;
