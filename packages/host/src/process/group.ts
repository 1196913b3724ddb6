// SPDX-License-Identifier: MIT
import { setTimeout as sleep } from 'node:timers/promises';

// How long a process group may take to end by itself before it is killed.
const GRACE_MS = 2000;

// What is killed is gone at once; until its parent asks after it, it only looks as if it were there.
const KILLED_MS = 200;

// How often the group is looked at meanwhile.
const LOOK_MS = 20;

// Signal 0 asks whether there is anybody left.
const signalGroup = (pid: number, signal: NodeJS.Signals | 0): boolean => {
  try {
    return process.kill(-pid, signal);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // there, and not ours; else already gone
  }
};

const waitUntilGone = async (pid: number, limit: number): Promise<boolean> => {
  for (let waited = 0; waited < limit; waited += LOOK_MS) {
    if (!signalGroup(pid, 0)) return true;
    await sleep(LOOK_MS);
  }
  return false;
};

/**
 * Ends a process group and waits until nobody is left: SIGTERM, and SIGKILL for what is still
 * there two seconds later.
 */
export const endGroup = async (pid: number | undefined): Promise<void> => {
  if (pid === undefined || !signalGroup(pid, 'SIGTERM') || (await waitUntilGone(pid, GRACE_MS))) return;
  signalGroup(pid, 'SIGKILL');
  await waitUntilGone(pid, KILLED_MS);
};
