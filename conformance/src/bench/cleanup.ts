// SPDX-License-Identifier: MIT

/** Things to undo, newest first, whatever happens to the one before. */
export interface Cleanup {
  /** Remembers an action. */
  add(action: () => void | Promise<void>): void;
  /** Runs and forgets all actions. Gives the errors they threw. */
  run(): Promise<unknown[]>;
}

export const createCleanup = (): Cleanup => {
  const actions: (() => void | Promise<void>)[] = [];
  return {
    add: (action) => void actions.push(action),
    run: async () => {
      const errors: unknown[] = [];
      for (let action = actions.pop(); action !== undefined; action = actions.pop()) {
        try {
          await action();
        } catch (error) {
          errors.push(error);
        }
      }
      return errors;
    },
  };
};
