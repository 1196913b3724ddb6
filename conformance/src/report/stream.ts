// SPDX-License-Identifier: MIT
import { writeSync } from 'node:fs';
import type { StreamRecord } from './records.js';
import type { Reporter } from './reporter.js';

/**
 * Writes one line of JSON a record, each handed to the kernel before the next thing happens, so
 * that a reader knows which case took the machine down. `fd` may be that of a character device.
 */
export const createStreamReporter = (fd: number): Reporter => {
  const write = (record: StreamRecord) => {
    const bytes = Buffer.from(`${JSON.stringify(record)}\n`);
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
  };
  return {
    suite: (record) => write(record),
    start: write,
    case: write,
    done: write,
  };
};
