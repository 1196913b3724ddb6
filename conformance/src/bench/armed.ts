// SPDX-License-Identifier: MIT
import type { Bench } from './bench.js';
import { expectEqual, expectThat } from './expect.js';
import type { UioFile } from './uio-file.js';

/**
 * Expects that these vectors are armed and no other, by UIO_MSI_GET_INFO and /proc/interrupts. Those
 * of MSI are still in the latter when they were disarmed, until the file is closed (SYS-05).
 *
 * @param vectors in ascending order
 * @param when ends the message
 */
export const expectArmed = (bench: Bench, file: UioFile, vectors: readonly number[], when: string): void => {
  expectEqual(`num_armed ${when}`, file.info().armed, vectors.length);
  const shown = shownVectors(bench);
  const what = `vectors in /proc/interrupts ${when}`;
  if (bench.rig.interrupts !== 'msi' || bench.rig.hasLine())
    expectEqual(what, shown.join(' '), vectors.join(' '));
  else
    expectThat(
      vectors.every((vector) => shown.includes(vector)),
      `${what}: got ${shown.join(' ')}, which lacks some of ${vectors.join(' ')}`,
    );
};

/** Vectors that have an interrupt, in ascending order: armed ones, and of MSI those that were. */
export const shownVectors = ({ rig }: Bench): number[] =>
  [...rig.armedVectors().keys()].sort((a, b) => a - b);
