// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { POLLIN } from '../sys/constants.js';
import { SysError } from '../sys/errno.js';
import type { Sys } from '../sys/sys.js';
import { Skip } from './verdicts.js';

/** An eventfd that a case gives to the driver, with a name for messages. */
export interface Counter {
  readonly fd: number;
  readonly label: string;
}

/** Reads and resets the counter: 0 when nothing was signalled. */
export const takeCount = (sys: Sys, counter: Counter): number => {
  try {
    const bytes = sys.read(counter.fd, 8);
    return Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  } catch (error) {
    if (error instanceof SysError && error.code === 'EAGAIN') return 0;
    throw error;
  }
};

/** The counter's value, left as it is: `eventfd-count` of proc_pid_fdinfo(5), hexadecimal. */
export const peekCount = (counter: Counter): number =>
  Number.parseInt(/^eventfd-count:\s*([0-9a-f]+)/m.exec(fdInfo(counter))?.[1] ?? '0', 16);

/**
 * The kernel's number of the eventfd, which no other has while it exists: `eventfd-id`, since Linux 5.2.
 * @throws Skip on kernels that do not tell.
 */
export const eventfdId = (counter: Counter): number => {
  const id = /^eventfd-id:\s*(\d+)/m.exec(fdInfo(counter))?.[1];
  if (id === undefined) throw new Skip('this kernel does not number eventfds in /proc/self/fdinfo');
  return Number(id);
};

const fdInfo = ({ fd }: Counter): string => readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8');

/** Waits until the counter is at least `least`, or the time is over. Gives its value, left as it is. */
export const awaitCount = (sys: Sys, counter: Counter, least: number, timeoutMs: number): number => {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const left = deadline - performance.now();
    const [events = 0] = sys.poll([{ fd: counter.fd, events: POLLIN }], Math.max(0, Math.ceil(left)));
    const count = events === 0 ? 0 : peekCount(counter);
    if (count >= least || left <= 0) return count;
  }
};

/** The counters that were signalled and not yet read. Waits up to `timeoutMs` for the first. */
export const signalled = (sys: Sys, counters: readonly Counter[], timeoutMs: number): Counter[] => {
  const events = sys.poll(
    counters.map(({ fd }) => ({ fd, events: POLLIN })),
    timeoutMs,
  );
  return counters.filter((_, i) => ((events[i] ?? 0) & POLLIN) !== 0);
};
