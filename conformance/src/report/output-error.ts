// SPDX-License-Identifier: MIT
import { EnvironmentError } from '../errors.js';

/** The error of a place that takes no results: a full disk, a missing folder. */
export const cannotWrite = (path: string, error: unknown): EnvironmentError =>
  new EnvironmentError(
    `Cannot write the results to ${path}: ${(error as NodeJS.ErrnoException).code ?? String(error)}. ` +
      'Name a place that exists and has room',
  );
