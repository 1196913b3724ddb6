// SPDX-License-Identifier: MIT
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Does something while every processor of this machine has something else to do, too. */
export const whileBusy = async <T>(work: () => Promise<T>): Promise<T> => {
  const loops = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  );
  try {
    return await work();
  } finally {
    for (const loop of loops) loop.kill('SIGKILL');
  }
};
