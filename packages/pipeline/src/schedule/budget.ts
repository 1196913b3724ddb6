// SPDX-License-Identifier: MIT
import { Interrupted } from '@uio-msi/model';

/** What work takes of a machine. */
export interface Amounts {
  readonly processors: number;
  /** MiB. */
  readonly memory: number;
}

/** Somebody who takes of the machine and gives back. */
export interface Share {
  /**
   * Takes an amount, when it is there and nobody who matters more waits for some. Who keeps some
   * gets more at once: two of whom each waits for what the other keeps would wait for ever.
   *
   * @param kept whether it is given back only when other work of this share is done, and not by itself
   * @returns gives it back
   * @throws {Interrupted} when the signal aborts
   */
  readonly take: (amounts: Amounts, signal: AbortSignal, kept?: boolean) => Promise<() => void>;
}

/** A machine's processors and memory, shared out. */
export interface Budget {
  /** @param urgency whose turn is first when several wait: the highest */
  readonly share: (urgency: number) => Share;
}

interface Waiting {
  readonly urgency: number;
  readonly amounts: Amounts;
  readonly grant: () => void;
}

/** Shares out what a machine has. What is more than all of it is given to one alone. */
export const openBudget = (all: Amounts): Budget => {
  const taken = { processors: 0, memory: 0 };
  const queue: Waiting[] = [];
  const fits = ({ processors, memory }: Amounts): boolean =>
    (taken.processors === 0 && taken.memory === 0) ||
    (taken.processors + processors <= all.processors && taken.memory + memory <= all.memory);
  const add = ({ processors, memory }: Amounts, sign: 1 | -1): void => {
    taken.processors += sign * processors;
    taken.memory += sign * memory;
  };
  const serve = (): void => {
    // Nobody overtakes whoever is first: he would never get as much as he needs.
    for (let next = queue[0]; next && fits(next.amounts); next = queue[0]) {
      queue.shift();
      add(next.amounts, 1);
      next.grant();
    }
  };
  const wait = (urgency: number, amounts: Amounts, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const onAbort = () => {
        queue.splice(queue.indexOf(waiting), 1);
        reject(new Interrupted(String(signal.reason)));
        serve();
      };
      const grant = () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      const waiting: Waiting = { urgency, amounts, grant };
      const behind = queue.findIndex((other) => other.urgency < urgency);
      queue.splice(behind < 0 ? queue.length : behind, 0, waiting);
      signal.addEventListener('abort', onAbort, { once: true });
      serve();
    });
  return {
    share: (urgency) => {
      let keeps = 0;
      return {
        take: async (amounts, signal, kept = false) => {
          if (signal.aborted) throw new Interrupted(String(signal.reason));
          if (keeps > 0) add(amounts, 1);
          else await wait(urgency, amounts, signal);
          if (kept) keeps += 1;
          return () => {
            if (kept) keeps -= 1;
            add(amounts, -1);
            serve();
          };
        },
      };
    },
  };
};
