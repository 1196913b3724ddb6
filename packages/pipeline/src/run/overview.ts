// SPDX-License-Identifier: MIT
import type { Progress } from '@uio-msi/model';
import type { PlannedCell } from '../plan/plan.js';
import type { Expected } from '../schedule/order.js';

/** Tells how far a run of several cells is. */
export interface Overview {
  /** The piece of work that the cells are part of; absent when there is but one cell. */
  readonly parent?: string;
  readonly done: (cell: PlannedCell) => void;
  readonly end: () => void;
}

/** The overview of a run: how many cells are done, and what the rest took when it was done last. */
export const openOverview = (
  { cells, progress }: { readonly cells: readonly PlannedCell[]; readonly progress: Progress },
  run: string,
  expected: Expected,
): Overview => {
  if (cells.length < 2) return { done: () => {}, end: () => {} };
  const total = cells.length;
  const left: Left = { cells: 0, seconds: 0, unknown: 0 };
  for (const cell of cells) count(left, expected(cell), 1);
  const tell = (): void => {
    const fraction = (total - left.cells) / total;
    progress({ type: 'update', id: run, text: remaining(left), fraction });
  };
  progress({ type: 'begin', id: run, title: `${total} cells` });
  tell();
  return {
    parent: run,
    done: (cell) => {
      count(left, expected(cell), -1);
      tell();
    },
    end: () => progress({ type: 'end', id: run, verdict: 'good', text: '' }),
  };
};

/** What is not done yet. */
interface Left {
  cells: number;
  /** Of those that somebody knows. */
  seconds: number;
  /** How many nobody knows. */
  unknown: number;
}

const count = (left: Left, seconds: number | null, by: 1 | -1): void => {
  left.cells += by;
  if (seconds === null) left.unknown += by;
  else left.seconds += by * seconds;
};

const remaining = ({ cells, seconds, unknown }: Left): string => {
  const toGo = `${cells} to go`;
  if (unknown === cells) return toGo;
  const work = `${toGo}, ${minutes(seconds)} of work`;
  return unknown === 0 ? work : `${work} and ${unknown} that nobody knows`;
};

const minutes = (seconds: number): string =>
  seconds < 60 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
