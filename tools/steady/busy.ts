// SPDX-License-Identifier: MIT
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Until whoever started it is gone, however that ended. */
const LOOP = 'while (process.ppid === Number(process.argv[1]));';

/** Does something while every processor of this machine has something else to do, too. */
export const whileBusy = async <T>(work: () => Promise<T>): Promise<T> => {
  const loops = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', LOOP, String(process.pid)], { stdio: 'ignore' }),
  );
  try {
    return await work();
  } finally {
    for (const loop of loops) loop.kill('SIGKILL');
  }
};
