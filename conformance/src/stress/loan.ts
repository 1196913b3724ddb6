// SPDX-License-Identifier: MIT
import { readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SysError } from '../sys/errno.js';
import { loadKoffi } from '../sys/koffi.js';

/*
 * A device is opened by one process at a time. That its file is used by several at once is the
 * owner's own act: here it says where the file is, and others take a copy with pidfd_getfd(2).
 */

/** Numbers of the calls, the same on every architecture: include/uapi/asm-generic/unistd.h. */
const PIDFD_OPEN = 434;
const PIDFD_GETFD = 438;

/** Says which descriptor of this process is the file of the device. */
export const lend = (folder: string, bdf: string, fd: number): void =>
  writeFileSync(join(folder, bdf), `${process.pid} ${fd}`);

/** Takes a copy of the descriptor of `node` that was lent last. */
export type Borrow = (folder: string, bdf: string, node: string) => number;

/** @throws SysError ENOENT, ESRCH, EBADF when there is no such loan, process or file any more. */
export const createBorrow = (close: (fd: number) => void): Borrow => {
  const koffi = loadKoffi();
  const syscall = koffi.load(null).func('long syscall(long number, long a, long b, long c)');
  const call = (name: string, number: number, ...args: number[]): number => {
    const result = Number(syscall(number, args[0] ?? 0, args[1] ?? 0, args[2] ?? 0));
    if (result === -1) throw new SysError(name, koffi.errno());
    return result;
  };
  return (folder, bdf, node) => {
    const [pid = 0, fd = -1] = readFileSync(join(folder, bdf), 'utf8').split(' ').map(Number);
    const process = call('pidfd_open', PIDFD_OPEN, pid);
    try {
      const copy = call('pidfd_getfd', PIDFD_GETFD, process, fd);
      // The owner may have closed it since, and the number be that of another file.
      if (readlinkSync(`/proc/self/fd/${copy}`) === node) return copy;
      close(copy);
      throw new SysError('pidfd_getfd', EBADF);
    } finally {
      close(process);
    }
  };
};

const EBADF = 9;
