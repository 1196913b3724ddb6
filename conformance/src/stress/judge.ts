// SPDX-License-Identifier: MIT
import type { Rig } from '../bench/rig.js';
import { examine, type KernelState } from '../health/examine.js';
import { readKernelState } from '../health/kernel-state.js';
import type { Sys } from '../sys/sys.js';
import type { StressEnd } from './conduct.js';
import { unexpectedOutcomes, wantedInVain } from './figures.js';
import { ALL_OPERATIONS } from './roles.js';
import { expectUsable } from './usable.js';

/** A device under stress, and how the kernel was before. */
export interface Patient {
  readonly rig: Rig;
  readonly before: KernelState;
}

/**
 * All that is wrong: errors that should not be, nothing but errors, devices that work no longer, the kernel's complaints.
 *
 * @param inRawMode whether a device was in raw mode for part of the time
 */
export const judgeStress = (
  end: StressEnd,
  patients: readonly Patient[],
  inRawMode: boolean,
  sys: Sys,
): string[] => {
  const broken = patients.flatMap(({ rig }) => {
    try {
      rig.bind('safe');
      expectUsable(rig, sys);
      return [];
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return [`afterwards ${rig.bdf} does not work: ${why}`];
    }
  });
  // The log is one for all of them.
  const health = patients.flatMap(({ rig, before }, i) =>
    examine(before, readKernelState(rig), i === 0 ? end.lines : []),
  );
  return [
    ...end.troubles,
    ...unexpectedOutcomes(end.figures, ALL_OPERATIONS()),
    ...wantedInVain(end.figures, ALL_OPERATIONS(), inRawMode),
    ...broken,
    ...new Set(health),
  ];
};
