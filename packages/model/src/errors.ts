// SPDX-License-Identifier: MIT

/** The exit codes of the command line contract; Ctrl-C is the shell's 128 + SIGINT. */
export const EXIT = { good: 0, failures: 1, usage: 2, environment: 3, interrupted: 130 } as const;

/** What an error tells its reader: what happened, why, and what to do next. */
export interface Explanation {
  /** Stable, kebab-case, one for each cause: `unknown-kernel`. */
  readonly code: string;
  /** One line: what happened. */
  readonly message: string;
  /** Why, when it is known: a tool's last line, the value that was wrong. */
  readonly why?: string | undefined;
  /** What to do next: a command, a choice. */
  readonly next?: string | undefined;
}

/** A cause that was foreseen. It is shown without a stack; anything else is a bug and shows its own. */
export abstract class ForeseenError extends Error {
  abstract readonly exitCode: number;
  readonly code: string;
  readonly why: string | undefined;
  readonly next: string | undefined;

  constructor(explanation: Explanation, options?: ErrorOptions) {
    super(explanation.message, options);
    this.name = new.target.name;
    this.code = explanation.code;
    this.why = explanation.why;
    this.next = explanation.next;
  }
}

/** The command line, a file of the user's or a series is wrong: exit 2. */
export class UserError extends ForeseenError {
  readonly exitCode = EXIT.usage;
}

/** The machine lacks something, or failed: exit 3. */
export class EnvironmentError extends ForeseenError {
  readonly exitCode = EXIT.environment;
}

/** The user, a deadline or a signal ended the work: exit 130. */
export class Interrupted extends ForeseenError {
  readonly exitCode = EXIT.interrupted;

  constructor(by: string) {
    super({
      code: 'interrupted',
      message: `interrupted by ${by}`,
      next: 'run the same command again: it goes on from here',
    });
  }
}
