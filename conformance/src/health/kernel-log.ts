// SPDX-License-Identifier: MIT
import { O_NONBLOCK, O_RDONLY } from '../sys/constants.js';
import { SysError } from '../sys/errno.js';
import type { Sys } from '../sys/sys.js';
import { LOG_LOST } from './splats.js';

/** A reader of /dev/kmsg that hands out what came since it was last asked. */
export interface KernelLog {
  /** The lines since the last call, without their prefix. */
  take(): string[];
  /** Puts a line into the log, so that what follows can be told to belong to it. */
  mark(text: string): void;
  close(): void;
}

/** Longest record: CONSOLE_EXT_LOG_MAX, kernel/printk/internal.h. */
const RECORD_SIZE = 8192;
const KERN_INFO = 6;

/** Opens the log behind its newest record. */
export const openKernelLog = (sys: Sys, path = '/dev/kmsg'): KernelLog => {
  const fd = sys.open(path, O_RDONLY | O_NONBLOCK);
  sys.seekEnd(fd);
  const decoder = new TextDecoder();
  return {
    take: () => {
      const lines: string[] = [];
      for (;;) {
        const record = readRecord(sys, fd);
        if (record === null) return lines;
        lines.push(record === 'overwritten' ? LOG_LOST : messageOf(decoder.decode(record)));
      }
    },
    mark: (text) => {
      const writer = sys.open(path, 1);
      sys.write(writer, new TextEncoder().encode(`<${KERN_INFO}>${text}\n`));
      sys.close(writer);
    },
    close: () => sys.close(fd),
  };
};

/** Null when there is no more. EPIPE stands where the kernel overwrote some: Documentation/ABI/testing/dev-kmsg. */
const readRecord = (sys: Sys, fd: number): Uint8Array | 'overwritten' | null => {
  try {
    return sys.read(fd, RECORD_SIZE);
  } catch (error) {
    if (error instanceof SysError && error.code === 'EAGAIN') return null;
    if (error instanceof SysError && error.code === 'EPIPE') return 'overwritten';
    throw error;
  }
};

/** `6,1234,5678,-;message\n KEY=value…`: Documentation/ABI/testing/dev-kmsg. */
const messageOf = (record: string): string => {
  const [line = ''] = record.split('\n');
  return line.slice(line.indexOf(';') + 1);
};
