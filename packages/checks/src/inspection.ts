// SPDX-License-Identifier: MIT
import type { Finding } from '@uio-msi/model';
import type { CheckContext } from './check.js';

/** A tree that was built, with the series or without it; what an inspection looks at. */
export interface BuiltTree {
  /** The sources. */
  readonly worktree: string;
  readonly buildDir: string;
  /** The compiler's command: `gcc-12`. */
  readonly compiler: string;
  /** Calls the kernel's make in the build folder. */
  readonly make: Make;
}

/** Calls the kernel's make for goals with variables: `C=2`. */
export type Make = (goals: readonly string[], variables: readonly string[]) => Promise<MakeOutput>;

/** What a call of make gave. */
export interface MakeOutput {
  readonly ok: boolean;
  /** What was printed beside kbuild's steps. */
  readonly lines: readonly string[];
}

/** What an inspection gives. */
export interface Inspected {
  readonly findings: readonly Finding[];
  /** Parts that could not be looked at, each with why, in a few words. */
  readonly leftOut?: readonly string[];
}

/**
 * One static check of a tree that was built: a file of its own in `inspections/` and a row of the
 * table. It says all that it finds; what of it the series brings, its caller finds out.
 */
export interface Inspection {
  /** Also the tool of its findings. */
  readonly name: string;
  /** Raised whenever the same tree may give other findings: it is part of the ledger's key. */
  readonly version: number;
  /** One line for people. */
  readonly title: string;
  /** What it looks at, in words: `a header of the uapi`. */
  readonly subject: string;
  /** Commands of the project's table of tools without which it cannot run. */
  readonly tools: readonly string[];
  /** Whether it reads sources alone: what it finds is the same for every architecture, compiler and configuration. */
  readonly sourcesOnly?: boolean;
  /** A program of the project's that it runs: its content is part of the ledger's key. */
  readonly script?: string;
  /** Whether a path of the kernel tree is for it. */
  readonly concerns: (path: string) => boolean;
  /**
   * @param paths those that it concerns, of what the series touches and the tree has; never none
   * @throws {EnvironmentError} when a tool says what is not understood
   * @throws {Interrupted} when the signal aborts
   */
  readonly run: (tree: BuiltTree, paths: readonly string[], context: CheckContext) => Promise<Inspected>;
}
