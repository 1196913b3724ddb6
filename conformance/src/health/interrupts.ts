// SPDX-License-Identifier: MIT

/** One line of /proc/interrupts. */
export interface InterruptLine {
  readonly irq: string;
  /** How often it fired, over all processors. */
  readonly count: number;
  /** Chip, hardware number and the names of the handlers, as printed. */
  readonly text: string;
}

/** Reads /proc/interrupts. Pure. Lines without a numbered interrupt (NMI, LOC…) are left out. */
export const parseInterrupts = (text: string): InterruptLine[] =>
  text.split('\n').flatMap((line) => {
    const match = /^\s*(\d+):((?:\s+\d+)+)\s+(\S.*)$/.exec(line);
    if (match === null) return [];
    const [, irq = '', counts = '', rest = ''] = match;
    const count = counts.trim().split(/\s+/).map(Number);
    return [{ irq, count: count.reduce((sum, n) => sum + n, 0), text: rest.trim() }];
  });
