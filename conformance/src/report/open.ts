// SPDX-License-Identifier: MIT
import { openSync } from 'node:fs';
import { cannotWrite } from './output-error.js';

/**
 * Opens a file, or a character device, for results.
 * @throws EnvironmentError when it cannot be written.
 */
export const openForWriting = (path: string): number => {
  try {
    return openSync(path, 'w');
  } catch (error) {
    throw cannotWrite(path, error);
  }
};
