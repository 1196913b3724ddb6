// SPDX-License-Identifier: MIT
import type { Splat } from '@uio-msi/model';

// A frame of a stack in the driver or in UIO.
const OUR_FRAME = /\buio_\w+(?:\.\w+)*\+0x/;

/** A complaint that the kernel has about itself alone; why, in the suite: health/known.ts. */
interface KnownSplat {
  /** What is in its report, the first in its title. */
  readonly says: readonly [RegExp, ...RegExp[]];
  /** The only case of the suite that brings it about, and no more than once. */
  readonly onceIn?: string;
}

const KNOWN: readonly KnownSplat[] = [
  {
    says: [
      /^WARNING: possible circular locking dependency detected/,
      /^\S+ \(&ctrl->reset_lock\).* at: pciehp_unconfigure_device\+/m,
      /^\S+ \(pci_rescan_remove_lock\).* at: pci_lock_rescan_remove\+/m,
    ],
  },
  {
    says: [/^BUG: KCSAN: data-race in (?:\S+ \/ )?irq_proc_emit_counts(?:[+ ]|$)/, /^\s*irq_seq_show\+/m],
  },
  {
    says: [/^(?:\w+: \d+\.\d+ )?No irq handler for (?:vector|\d+\.\d+)$/m],
    onceIn: 'stress.set-and-raise',
  },
];

// As the suite writes it to /dev/kmsg before each case: conformance/src/run/run-case.ts.
const MARK = 'uio-msi-conformance: ';

/**
 * Whether a splat is one that the kernel has about itself. Pure.
 *
 * @param before the console's text up to the splat, without time stamps
 */
export const isKnown = ({ title, text }: Splat, before: string): boolean =>
  !OUR_FRAME.test(text) &&
  KNOWN.some(({ says: [first, ...says], onceIn }) => {
    if (!first.test(title) || !says.every((pattern) => pattern.test(text))) return false;
    if (onceIn === undefined) return true;
    const since = before.slice(Math.max(before.lastIndexOf(MARK), 0));
    return since.startsWith(`${MARK}${onceIn} on `) && !first.test(since);
  });
