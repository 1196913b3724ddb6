// SPDX-License-Identifier: MIT

/** A way in which QEMU itself goes wrong. */
interface QemuFailure {
  /** In what it wrote before it ended. */
  readonly message: RegExp;
  readonly why: string;
  readonly next: string;
}

const FAILURES: readonly QemuFailure[] = [
  {
    // Before QEMU 8.2 (0d58c660689f, "softmmu: Use async_run_on_cpu in tcg_commit") a processor may
    // look up an old TLB entry in the new map, and reach a register of another device than it meant.
    message: /\bmsix_table_mmio_write: Assertion/,
    why: 'before QEMU 8.2 emulated processors race with a change of the memory map, as when a device is bound',
    next: 'this says nothing of the driver: use QEMU 8.2 or later, or --accel tcg-single',
  },
];

/** The last line that QEMU wrote, with what is known of its cause. Pure. */
export const explainFailure = (stderr: string): string | undefined => {
  const known = FAILURES.find(({ message }) => message.test(stderr));
  const lines = stderr.trim().split('\n');
  const said = lines.find((line) => known?.message.test(line)) ?? lines.at(-1);
  return known === undefined ? said : `${said} (${known.why}; ${known.next})`;
};
