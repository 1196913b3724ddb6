// SPDX-License-Identifier: MIT
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { EnvironmentError } from '../errors.js';
import type { Sys } from '../sys/sys.js';

/** A system call that waits. */
export type WaitingCall = 'poll' | 'epoll' | 'read';

/**
 * Numbers of the calls that the C library makes for poll(3), epoll_wait(3) and read(3):
 * arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h.
 */
const NUMBERS: Readonly<Record<string, Readonly<Record<WaitingCall, readonly number[]>>>> = {
  x64: { poll: [7, 271], epoll: [232, 281], read: [0] },
  arm64: { poll: [73], epoll: [22], read: [63] },
};

const PATIENCE_MS = 5000;

/**
 * Waits until another thread of this process sleeps in the call; for epoll, on the instance `fd`.
 * The kernel tells a sleeping thread's call in /proc/self/task/TID/syscall, see proc(5).
 * @throws EnvironmentError when none does for long: the machine does not run the thread.
 */
export const awaitSleeper = (sys: Sys, call: WaitingCall, fd: number | null = null): void =>
  awaitSleepIn(sys, 'self', call, fd);

/** The same for a thread of another process. */
export const awaitSleepingProcess = (sys: Sys, pid: number, call: WaitingCall, fd: number): void =>
  awaitSleepIn(sys, String(pid), call, fd);

const awaitSleepIn = (sys: Sys, pid: string, call: WaitingCall, fd: number | null): void => {
  const deadline = performance.now() + PATIENCE_MS;
  while (!sleeps(pid, call, fd)) {
    if (performance.now() > deadline) {
      throw new EnvironmentError(`No thread came to sleep in ${call} within ${PATIENCE_MS / 1000} s`);
    }
    sys.poll([], 1);
  }
};

const sleeps = (pid: string, call: WaitingCall, fd: number | null): boolean => {
  const numbers = NUMBERS[process.arch]?.[call] ?? [];
  return readdirSync(`/proc/${pid}/task`).some((task) => {
    const [number = '', first = ''] = currentCall(pid, task).split(' ');
    return numbers.includes(Number(number)) && (fd === null || Number(first) === fd);
  });
};

/** `7 0x7f… 0x1 …`, or `running`; nothing when the thread ended meanwhile. */
const currentCall = (pid: string, task: string): string => {
  const file = `/proc/${pid}/task/${task}/syscall`;
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};
