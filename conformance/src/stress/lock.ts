// SPDX-License-Identifier: MIT
import { closeSync, openSync } from 'node:fs';
import { SysError } from '../sys/errno.js';
import { loadKoffi } from '../sys/koffi.js';

const LOCK_EX = 2; // include/uapi/asm-generic/fcntl.h

/**
 * Works while no other process does, of those that name the same file: flock(2), which a process that
 * is killed gives up. Waits for its turn.
 */
export const withLock = <T>(path: string, work: () => T): T => {
  const koffi = loadKoffi();
  const flock = koffi.load(null).func('int flock(int file, int operation)');
  const file = openSync(path, 'w');
  try {
    if (flock(file, LOCK_EX) !== 0) throw new SysError('flock', koffi.errno());
    return work();
  } finally {
    closeSync(file);
  }
};
