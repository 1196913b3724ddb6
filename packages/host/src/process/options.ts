// SPDX-License-Identifier: MIT
import type { Lock } from '../state/lock.js';

/** What a command is given, and what ends it. */
export interface CommandOptions {
  readonly cwd?: string | undefined;
  /** Added to our own environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /**
   * Given on standard input, which is otherwise empty. A stream is read as fast as the command
   * takes it; when reading it throws, the command is ended and the error is thrown on.
   */
  readonly input?: string | Uint8Array | AsyncIterable<Uint8Array> | undefined;
  /** After this many seconds the command and its children are ended. */
  readonly timeoutSeconds?: number | undefined;
  /** Ends the command and its children when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /**
   * A lock that the command and all its descendants keep: when we are killed, nobody gets it
   * before the last of them has stopped writing.
   */
  readonly lock?: Lock | undefined;
  /** Descriptors that the command gets, as 3, 4 and so on; a lock comes after them. */
  readonly inherit?: readonly number[] | undefined;
}

/** How a command is run and where its output goes. */
export interface RunOptions extends CommandOptions {
  /** A file that gets standard output and error as they come, appended. */
  readonly log?: string | undefined;
  /** Called for each line of standard output and error, without its line end (`\n`, `\r\n` or `\r`). */
  readonly onLine?: ((line: string) => void) | undefined;
}

/** How a command ended. */
export interface CommandResult {
  /** The exit code; null when a signal or the time limit ended it. */
  readonly exitCode: number | null;
  /** Empty when the output went to `log` or `onLine`. */
  readonly stdout: string;
  /** As `stdout`. */
  readonly stderr: string;
  readonly seconds: number;
  readonly timedOut: boolean;
  /** The command line, quoted for a shell, to show to a person. */
  readonly command: string;
}
