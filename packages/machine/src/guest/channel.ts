// SPDX-License-Identifier: MIT
import type { Socket } from 'node:net';
import { splitLines } from './lines.js';
import { type GuestRecord, parseRecord } from './records.js';
import { hear, type Report, SILENT } from './report.js';

// One record is a case's result with its part of the kernel's log.
const MAX_LINE = 1024 * 1024;

/** The guest's records on their way to whoever wants them. */
export interface Channel {
  /** Takes the records of this connection. */
  receive(socket: Socket): void;
  /** What init has said so far. */
  report(): Report;
  /** How many lines were no records, or too long. */
  badLines(): number;
}

/** A channel that calls `onRecord` for each record, in order. */
export const openChannel = (onRecord: (record: GuestRecord) => void): Channel => {
  let report = SILENT;
  let badLines = 0;
  const takeLine = (line: string | null) => {
    const record = line === null ? null : parseRecord(line);
    if (record === null) {
      badLines++;
      return;
    }
    report = hear(report, record);
    onRecord(record);
  };
  return {
    receive: (socket) => void socket.on('data', splitLines(MAX_LINE, takeLine)),
    report: () => report,
    badLines: () => badLines,
  };
};
