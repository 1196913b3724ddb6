// SPDX-License-Identifier: MIT
import type { Splat } from '@uio-msi/model';

// A frame of a stack in the driver or in UIO.
const OUR_FRAME = /\buio_\w+(?:\.\w+)*\+0x/;

/** A complaint that the kernel has about itself alone; why, in the suite: health/known.ts. */
interface KnownSplat {
  /** What is in its report, the first in its title. */
  readonly says: readonly [RegExp, ...RegExp[]];
  /** The only case of the suite that brings it about; absent: any. */
  readonly only?: string;
  /** Whether it is another report when it comes again in the same case. */
  readonly once?: true;
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
  { says: [/^No irq handler for \d+\.\d+$/m], only: 'stress.set-and-raise', once: true },
  { says: [/^\w+: \d+\.\d+ No irq handler for vector$/m], only: 'stress.set-and-raise' },
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
  KNOWN.some(({ says: [first, ...says], only, once = false }) => {
    if (!first.test(title) || !says.every((pattern) => pattern.test(text))) return false;
    if (only === undefined) return true;
    const since = before.slice(Math.max(before.lastIndexOf(MARK), 0));
    return since.startsWith(`${MARK}${only} on `) && !(once && first.test(since));
  });
