// SPDX-License-Identifier: MIT
import child from 'node:child_process';
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

// What makes a change count: names of files, and other programs. Contents are written under temporary names,
// and an empty folder says nothing.
const CHANGES = ['rename', 'rm', 'rmdir', 'unlink', 'link', 'symlink'] as const;

/**
 * Kills this process, for real, before its nth change of the disk: of all that it does, whatever code does
 * it. To be called before anything else.
 */
export const killBefore = (nth: number): void => {
  let count = 0;
  const guarded = <T extends (...args: never[]) => unknown>(change: T): T =>
    ((...args: Parameters<T>) => {
      count += 1;
      if (count === nth) process.kill(process.pid, 'SIGKILL');
      return change(...args);
    }) as T;
  for (const name of CHANGES) Object.assign(files, { [name]: guarded(files[name] as never) });
  Object.assign(child, { spawn: guarded(child.spawn as never) });
  syncBuiltinESMExports();
};
