// SPDX-License-Identifier: MIT
import type { Scope } from '../cases/define.js';

/** On which devices a case runs: one of them, one of each type of interrupts, or every one. */
export type Reach = 'one' | 'type' | 'every';

/**
 * How much a run does. Each case runs at every depth; what differs is on how many devices.
 *
 * - `quick`: where its outcome depends on the device, on each; else on one of each type. After an edit.
 * - `standard`: on each device, but for what takes minutes where faults can be injected.
 * - `full`: that too on each device. For a night.
 */
export const DEPTHS = {
  quick: { driver: 'one', core: 'one', machine: 'one', type: 'type', long: 'type', device: 'every' },
  standard: { driver: 'one', core: 'every', machine: 'one', type: 'every', long: 'type', device: 'every' },
  full: { driver: 'one', core: 'every', machine: 'one', type: 'every', long: 'every', device: 'every' },
} as const satisfies Readonly<Record<string, Readonly<Record<Scope, Reach>>>>;

/** One of {@link DEPTHS}. */
export type Depth = keyof typeof DEPTHS;

/** The names of {@link DEPTHS}, least first. */
export const DEPTH_NAMES = Object.keys(DEPTHS) as readonly Depth[];
