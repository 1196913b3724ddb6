// SPDX-License-Identifier: MIT
import type { Finding } from '@uio-msi/model';

/** A patch as a check sees it. */
export interface CheckedPatch {
  /** Its file name in the series. */
  readonly file: string;
  /** The whole file. */
  readonly text: string;
}

/** What a check looks at. */
export interface CheckInput {
  readonly patches: readonly CheckedPatch[];
  /** A folder with, of a kernel tree, at least what the checks say they read. */
  readonly kernelDir: string;
}

/** What else a check needs. */
export interface CheckContext {
  readonly signal?: AbortSignal | undefined;
}

/** One static check of a series: a file of its own and a row of the table. */
export interface Check {
  /** Also the tool of its findings. */
  readonly name: string;
  /** Raised whenever the same input may give other findings: it is part of the ledger's key. */
  readonly version: number;
  /** One line for people. */
  readonly title: string;
  /** Paths of the kernel tree that it reads beside those that the patches touch. */
  readonly reads: readonly string[];
  /** What is done once in a folder with those paths, before anybody else sees the folder. */
  readonly prepare?: (kernelDir: string, context: CheckContext) => Promise<void>;
  /**
   * @throws {EnvironmentError} when the tool cannot be run or says what is not understood
   * @throws {Interrupted} when the signal aborts
   */
  readonly run: (input: CheckInput, context: CheckContext) => Promise<Finding[]>;
}
