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
   * Takes an amount, when it is there and it is this one's turn: the most urgent is first, and is
   * overtaken once while there is not enough for him. Who keeps some gets more at once, also what he
   * waited for before: two of whom each waits for what the other keeps would wait for ever, and so
   * would one for himself.
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

/** Whoever takes, and how much of that he keeps. */
interface Owner {
  readonly urgency: number;
  keeps: number;
}

interface Waiting {
  readonly owner: Owner;
  readonly amounts: Amounts;
  readonly kept: boolean;
  readonly grant: () => void;
  /** Whether somebody got some while this was first and there was not enough for it. */
  overtaken: boolean;
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
  const give = (amounts: Amounts, owner: Owner, kept: boolean): void => {
    add(amounts, 1);
    if (kept) owner.keeps += 1;
  };
  // Whoever is first is overtaken once, so that what is left does not lie idle, and would otherwise never
  // get as much as he needs; those who keep some pass everybody.
  const next = (): Waiting | undefined => {
    const [first] = queue;
    const keeping = queue.find(({ owner }) => owner.keeps > 0);
    if (keeping || !first || fits(first.amounts)) return keeping ?? first;
    return first.overtaken ? undefined : queue.find(({ amounts }) => fits(amounts));
  };
  const serve = (): void => {
    for (let one = next(); one; one = next()) {
      const [first] = queue;
      if (first && one !== first && one.owner.keeps === 0) first.overtaken = true;
      queue.splice(queue.indexOf(one), 1);
      give(one.amounts, one.owner, one.kept);
      one.grant();
    }
  };
  const wait = (amounts: Amounts, owner: Owner, kept: boolean, signal: AbortSignal): Promise<void> =>
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
      const waiting: Waiting = { owner, amounts, kept, grant, overtaken: false };
      const behind = queue.findIndex((other) => other.owner.urgency < owner.urgency);
      queue.splice(behind < 0 ? queue.length : behind, 0, waiting);
      signal.addEventListener('abort', onAbort, { once: true });
      serve();
    });
  return {
    share: (urgency) => {
      const owner: Owner = { urgency, keeps: 0 };
      return {
        take: async (amounts, signal, kept = false) => {
          if (signal.aborted) throw new Interrupted(String(signal.reason));
          if (owner.keeps > 0) give(amounts, owner, kept);
          else await wait(amounts, owner, kept, signal);
          return () => {
            if (kept) owner.keeps -= 1;
            add(amounts, -1);
            serve();
          };
        },
      };
    },
  };
};
