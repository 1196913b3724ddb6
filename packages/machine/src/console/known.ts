// SPDX-License-Identifier: MIT
import type { Splat } from '@uio-msi/model';

// A frame of a stack in the driver or in UIO.
const OUR_FRAME = /\buio_\w+(?:\.\w+)*\+0x/;

/** What is in the report of each complaint that the kernel has about itself alone; why, in the suite: health/known.ts. */
const KNOWN: readonly (readonly RegExp[])[] = [
  [
    /^WARNING: possible circular locking dependency detected/,
    /^\S+ \(&ctrl->reset_lock\).* at: pciehp_unconfigure_device\+/m,
    /^\S+ \(pci_rescan_remove_lock\).* at: pci_lock_rescan_remove\+/m,
  ],
  [/^BUG: KCSAN: data-race in (?:\S+ \/ )?irq_proc_emit_counts(?:[+ ]|$)/, /^\s*irq_seq_show\+/m],
  [/^(?:\w+: \d+\.\d+ )?No irq handler for (?:vector|\d+\.\d+)$/],
];

/** Whether a splat is one that the kernel has about itself. Pure. */
export const isKnown = ({ title, text }: Splat): boolean =>
  !OUR_FRAME.test(text) &&
  KNOWN.some(([first, ...says]) => first?.test(title) && says.every((pattern) => pattern.test(text)));
