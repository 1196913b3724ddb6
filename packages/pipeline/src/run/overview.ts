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
  const left = new Set(cells);
  const total = cells.length;
  const tell = (): void => {
    const done = total - left.size;
    progress({ type: 'update', id: run, text: remaining([...left], expected), fraction: done / total });
  };
  progress({ type: 'begin', id: run, title: `${total} cells` });
  tell();
  return {
    parent: run,
    done: (cell) => {
      left.delete(cell);
      tell();
    },
    end: () => progress({ type: 'end', id: run, verdict: 'good', text: '' }),
  };
};

const remaining = (left: readonly PlannedCell[], expected: Expected): string => {
  const seconds = left.map(expected);
  const known = seconds.reduce((sum: number, one) => sum + (one ?? 0), 0);
  const unknown = seconds.filter((one) => one === null).length;
  const cells = `${left.length} to go`;
  if (unknown === left.length) return cells;
  const work = `${cells}, ${minutes(known)} of work`;
  return unknown === 0 ? work : `${work} and ${unknown} that nobody knows`;
};

const minutes = (seconds: number): string =>
  seconds < 60 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
