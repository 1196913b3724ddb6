// SPDX-License-Identifier: MIT
import { constants } from 'node:os';

/** Second names of EAGAIN and EOPNOTSUPP, on Linux the same numbers. */
const ALIASES = ['EWOULDBLOCK', 'ENOTSUP'];

const names = new Map(
  Object.entries(constants.errno).flatMap(([name, number]) =>
    ALIASES.includes(name) ? [] : [[number, name]],
  ),
);

/** The name of an errno (`22` → `EINVAL`); `errno 4242` when the platform has none for it. */
export const errnoName = (errno: number): string => names.get(errno) ?? `errno ${errno}`;

/** A system call that failed. `code` is the errno's name, `call` what was attempted. */
export class SysError extends Error {
  override readonly name = 'SysError';
  readonly call: string;
  readonly code: string;

  constructor(call: string, errno: number) {
    super(`${call}: ${errnoName(errno)}`);
    this.call = call;
    this.code = errnoName(errno);
  }
}
