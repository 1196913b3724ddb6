// SPDX-License-Identifier: MIT

// How long a process group may take to end by itself before it is killed.
const GRACE_MS = 2000;

const signalGroup = (pid: number, signal: NodeJS.Signals): boolean => {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false; // already gone
  }
};

/** Ends a process group: SIGTERM, and SIGKILL for what is still there two seconds later. */
export const endGroup = (pid: number | undefined): void => {
  if (pid === undefined || !signalGroup(pid, 'SIGTERM')) return;
  setTimeout(() => signalGroup(pid, 'SIGKILL'), GRACE_MS).unref();
};
