// SPDX-License-Identifier: MIT
import { readIfThere } from './atomic.js';

/**
 * A value that we once wrote as JSON, to be looked at before it is believed: the file may be older
 * than we are.
 *
 * @returns undefined when the file is not there or damaged
 */
export const readJson = async (path: string): Promise<unknown> => {
  try {
    return JSON.parse((await readIfThere(path)) ?? '');
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};
