// SPDX-License-Identifier: MIT
import { writeSync } from 'node:fs';
import { cannotGoOn } from './output-error.js';
import type { StreamRecord } from './records.js';
import type { Reporter } from './reporter.js';

/**
 * Writes one line of JSON a record, each handed to the kernel before the next thing happens, so
 * that a reader knows which case took the machine down. `fd` may be that of a character device;
 * `path` names it in messages. Its methods throw EnvironmentError when it takes no more.
 */
export const createStreamReporter = (fd: number, path: string): Reporter => {
  const write = (record: StreamRecord) => {
    const bytes = Buffer.from(`${JSON.stringify(record)}\n`);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
    } catch (error) {
      throw cannotGoOn(path, error);
    }
  };
  return {
    suite: (record) => write(record),
    start: write,
    case: write,
    rates: write,
    done: write,
  };
};
