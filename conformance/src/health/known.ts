// SPDX-License-Identifier: MIT

/** A complaint of the kernel's that is about neither the driver nor UIO, and that a case brings about. */
interface KnownComplaint {
  readonly why: string;
  readonly first: RegExp;
  /** Each is in the report, or it is another report. */
  readonly says: readonly RegExp[];
  readonly last: RegExp;
  /** The only case that brings it about; absent: any. */
  readonly only?: string;
  /** Whether it is another report when it comes again in the same case. */
  readonly once?: true;
  /** Whether the kernel then lost interrupts, so that a case that misses one says nothing of the driver. */
  readonly losesInterrupts?: true;
}

/** A frame of a stack in this driver or in UIO: then a complaint is not the kernel's own. */
const OUR_FRAME = /\buio_\w+(?:\.\w+)*\+0x/;

// As kernels say it that look at the vector again under its lock, and as those say it that do not.
const LATE_INTERRUPT = /^No irq handler for \d+\.\d+$/;
const LOST_VECTOR = /^\w+: \d+\.\d+ No irq handler for vector$/;

const KNOWN: readonly KnownComplaint[] = [
  {
    why: 'pciehp takes its reset_lock before and within pci_rescan_remove_lock whenever a device is torn out',
    // drivers/pci/hotplug/pciehp_pci.c: pciehp_unconfigure_device() drops and takes reset_lock again.
    first: /^WARNING: possible circular locking dependency detected/,
    says: [
      /^\S+ \(&ctrl->reset_lock\).* at: pciehp_unconfigure_device\+/,
      /^\S+ \(pci_rescan_remove_lock\).* at: pci_lock_rescan_remove\+/,
    ],
    last: /^ <\/TASK>$/,
  },
  {
    why: 'reading /proc/interrupts counts without a lock what each processor adds up for itself',
    // kernel/irq/proc.c: irq_proc_emit_counts(), without data_race().
    first: /^BUG: KCSAN: data-race in (?:\S+ \/ )?irq_proc_emit_counts(?:[+ ]|$)/,
    says: [/^\s*irq_seq_show\+/],
    last: /^=+$/,
  },
  {
    why: 'of two interrupts on their way to a vector that is given back, x86 expects one',
    // arch/x86/kernel/irq.c: reevaluate_vector(); the first is in service but has not looked at its vector yet, as
    // when a virtual machine's processor waits for its turn, the second is in the IRR. Where nobody disarms
    // between raises, and where it comes again, a device goes on sending to a vector that is nobody's.
    first: LATE_INTERRUPT,
    says: [],
    last: LATE_INTERRUPT,
    only: 'stress.set-and-raise',
    once: true,
  },
  {
    why: 'x86 before 6.17 may overwrite a vector that is given anew while an interrupt comes late for who had it',
    // arch/x86/kernel/irq.c: common_interrupt() writes VECTOR_UNUSED without the lock. "x86/irq: Plug vector setup race"
    // (6.17, and 6.12.y) is the fix, which changed the words. Until the vector is given anew all its interrupts are lost.
    first: LOST_VECTOR,
    says: [],
    last: LOST_VECTOR,
    only: 'stress.set-and-raise',
    losesInterrupts: true,
  },
];

/** Lines of the kernel's log, and what was taken from them. */
export interface Sifted {
  readonly lines: readonly string[];
  /** Why, for each complaint that was taken out. */
  readonly known: readonly string[];
  /** Why interrupts may be lost that the driver did nothing about; null when none are. */
  readonly losing: string | null;
}

/**
 * Takes known complaints of the kernel about itself out of lines of its log. Pure.
 *
 * @param id the case's in which they were said
 */
export const setKnownAside = (lines: readonly string[], id: string): Sifted =>
  sift(
    lines,
    KNOWN.filter(({ only = id }) => only === id),
  );

const sift = (lines: readonly string[], complaints: readonly KnownComplaint[]): Sifted => {
  for (const complaint of complaints) {
    const { why, first, says, last, once, losesInterrupts } = complaint;
    const from = lines.findIndex((line) => first.test(line));
    const length = from < 0 ? 0 : lines.slice(from).findIndex((line) => last.test(line)) + 1;
    const report = lines.slice(from, from + length);
    if (length === 0 || report.some((line) => OUR_FRAME.test(line))) continue;
    if (!says.every((pattern) => report.some((line) => pattern.test(line)))) continue;
    const left = once ? complaints.filter((one) => one !== complaint) : complaints;
    const rest = sift([...lines.slice(0, from), ...lines.slice(from + length)], left);
    const losing = losesInterrupts ? why : rest.losing;
    return { lines: rest.lines, known: [why, ...rest.known], losing };
  }
  return { lines, known: [], losing: null };
};
