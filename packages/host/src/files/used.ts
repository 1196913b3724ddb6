// SPDX-License-Identifier: MIT
import { utimesSync } from 'node:fs';

/**
 * Says of a file or folder that somebody has just used it: what nobody used for long may go. Of what
 * is gone, or another's, nothing is said. Not waited for: thousands are used at once, and each takes microseconds.
 */
export const markUsed = (path: string): void => {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    // It is used all the same.
  }
};
