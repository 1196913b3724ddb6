// SPDX-License-Identifier: MIT
import type { GuestRecord } from './records.js';

/** What the guest's init said about itself. */
export interface Report {
  /** The kernel's release, once it is ready. */
  readonly kernel: string | null;
  /** The job's exit code, once it has one. */
  readonly exitCode: number | null;
  /** The module that did not load. */
  readonly refused: string | null;
}

/** Before it said anything. */
export const SILENT: Report = { kernel: null, exitCode: null, refused: null };

// What init tells of itself, by record type (tools/guest/init); all other records are the job's.
const HEARD: Readonly<Record<string, (record: GuestRecord) => Partial<Report>>> = {
  ready: ({ kernel }) => ({ kernel: String(kernel) }),
  exit: ({ code }) => (Number.isInteger(code) ? { exitCode: Number(code) } : {}),
  module: ({ module }) => ({ refused: String(module) }),
};

/** What is known after one more record. */
export const hear = (report: Report, record: GuestRecord): Report => ({
  ...report,
  ...(Object.hasOwn(HEARD, record.type) ? HEARD[record.type]?.(record) : {}),
});
