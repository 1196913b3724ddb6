// SPDX-License-Identifier: MIT

/** A foreseeable error: shown as one line, without its stack. `exitCode` is the process's. */
export abstract class SuiteError extends Error {
  abstract readonly exitCode: number;
}

/** The command line or an input is wrong. Exit 2. */
export class UserError extends SuiteError {
  override readonly name = 'UserError';
  readonly exitCode = 2;
}

/** The machine lacks something the suite needs, or refused it. Exit 3. */
export class EnvironmentError extends SuiteError {
  override readonly name = 'EnvironmentError';
  readonly exitCode = 3;
}
