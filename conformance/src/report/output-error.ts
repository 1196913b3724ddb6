// SPDX-License-Identifier: MIT
import { EnvironmentError } from '../errors.js';

/** The error of a place that takes no results: a full disk, a missing folder. */
export const cannotWrite = (path: string, error: unknown): EnvironmentError =>
  new EnvironmentError(
    `Cannot write the results to ${path}: ${(error as NodeJS.ErrnoException).code ?? String(error)}. ` +
      'Name a place that exists and has room',
  );

/** The error of a place that took results, and takes no more. */
export const cannotGoOn = (path: string, error: unknown): EnvironmentError =>
  new EnvironmentError(
    `Cannot write the results to ${path}: ${(error as NodeJS.ErrnoException).code ?? String(error)}. ` +
      'Those until then are there. Make room, or name another place, and run again',
  );
