// SPDX-License-Identifier: MIT

/** A complaint of the kernel's that is about neither the driver nor UIO, and that a case brings about. */
interface KnownComplaint {
  readonly why: string;
  readonly first: RegExp;
  /** Each is in the report, or it is another report. */
  readonly says: readonly RegExp[];
  readonly last: RegExp;
  /** The only case that brings it about, and no more than once; absent: any, however often. */
  readonly onceIn?: string;
}

/** A frame of a stack in this driver or in UIO: then a complaint is not the kernel's own. */
const OUR_FRAME = /\buio_\w+(?:\.\w+)*\+0x/;

const LATE_INTERRUPT = /^(?:\w+: \d+\.\d+ )?No irq handler for (?:vector|\d+\.\d+)$/;

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
    onceIn: 'stress.set-and-raise',
  },
];

/** Lines of the kernel's log, and what was taken from them. */
export interface Sifted {
  readonly lines: readonly string[];
  /** Why, for each complaint that was taken out. */
  readonly known: readonly string[];
}

/**
 * Takes known complaints of the kernel about itself out of lines of its log. Pure.
 *
 * @param id the case's in which they were said
 */
export const setKnownAside = (lines: readonly string[], id: string): Sifted =>
  sift(
    lines,
    KNOWN.filter(({ onceIn = id }) => onceIn === id),
  );

const sift = (lines: readonly string[], complaints: readonly KnownComplaint[]): Sifted => {
  for (const complaint of complaints) {
    const { why, first, says, last, onceIn } = complaint;
    const from = lines.findIndex((line) => first.test(line));
    const length = from < 0 ? 0 : lines.slice(from).findIndex((line) => last.test(line)) + 1;
    const report = lines.slice(from, from + length);
    if (length === 0 || report.some((line) => OUR_FRAME.test(line))) continue;
    if (!says.every((pattern) => report.some((line) => pattern.test(line)))) continue;
    const left = onceIn === undefined ? complaints : complaints.filter((one) => one !== complaint);
    const rest = sift([...lines.slice(0, from), ...lines.slice(from + length)], left);
    return { lines: rest.lines, known: [why, ...rest.known] };
  }
  return { lines, known: [] };
};
