// SPDX-License-Identifier: MIT

/** What is known about who started us. */
export interface Caller {
  /** `--yes` was given. */
  readonly yes: boolean;
  /** Somebody can be asked: a terminal that is not a build server's. */
  readonly terminal: boolean;
  readonly root: boolean;
  /** Asks a yes-or-no question on the terminal. */
  readonly ask: (question: string) => Promise<boolean>;
}

/**
 * Whether system packages may be installed: `--yes` says so; on a terminal the person does;
 * elsewhere only root does, who needs nobody's permission.
 */
export const mayInstall = async (caller: Caller, packages: readonly string[]): Promise<boolean> => {
  if (caller.yes) return true;
  if (caller.terminal) return caller.ask(`Install ${packages.join(' ')} with apt-get now?`);
  return caller.root;
};
