// SPDX-License-Identifier: MIT

/** What kills this process behind its nth step, for real. */
export const killAtStep = (step: number): (() => void) => {
  let steps = 0;
  return () => {
    steps += 1;
    if (steps === step) process.kill(process.pid, 'SIGKILL');
  };
};
