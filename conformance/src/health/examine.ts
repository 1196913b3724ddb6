// SPDX-License-Identifier: MIT
import { findSplats } from './splats.js';
import { newTaints } from './taint.js';

/** What of the kernel should be after a case as it was before. */
export interface KernelState {
  /** /proc/sys/kernel/tainted. */
  readonly taint: number;
  /** Use count of the driver's module; null when it is built in. */
  readonly useCount: number | null;
  /** Vectors of the device that have a handler in /proc/interrupts. */
  readonly armed: readonly number[];
  /** Interrupts that the device has for MSI-X or MSI. */
  readonly messages: readonly string[];
}

/** What is wrong with the kernel after a case: nothing, or sentences. Pure. */
export const examine = (
  before: Pick<KernelState, 'taint' | 'useCount'>,
  after: KernelState,
  log: readonly string[],
): string[] => {
  const [first, ...more] = findSplats(log);
  const taints = newTaints(before.taint, after.taint);
  return [
    ...(first === undefined
      ? []
      : [`the kernel complained (${first.kind}): ${first.line}${others(more.length)}`]),
    ...(taints.length === 0 ? [] : [`the kernel became tainted: ${taints.join(', ')}`]),
    ...(after.armed.length === 0
      ? []
      : [
          `everything is closed, but /proc/interrupts still has handlers for vectors ${after.armed.join(' ')}`,
        ]),
    ...(after.messages.length === 0
      ? []
      : [
          `everything is closed, but the device still has interrupts ${after.messages.join(' ')} for messages`,
        ]),
    ...(after.useCount === before.useCount
      ? []
      : [
          `everything is closed, but the module's use count went from ${before.useCount} to ${after.useCount}`,
        ]),
  ];
};

const others = (count: number): string => (count === 0 ? '' : `, and ${count} more`);
