// SPDX-License-Identifier: MIT
import { type CellResult, resultsOf } from '../result.js';
import { type Change, isNewFailure } from './change.js';
import type { CellPair } from './pair.js';

/**
 * What differs in a cell that several machines have: what fails on any of them fails, and is known
 * where it failed so on any of them before; the rest is that of the result that stands for the cell. Pure.
 *
 * @param changesOf what differs between two results
 */
export const changesOnMachines = (
  pair: CellPair,
  changesOf: (pair: CellPair) => readonly Change[],
): readonly Change[] => {
  const [then, now] = [failingOf(pair.before), failingOf(pair.after)];
  if (then.length === 1 && now.length === 1) return changesOf(pair);
  // Each result of now, compared with each of then.
  const told = now.map((after) =>
    then.map((before) => changesOf({ before, after } as CellPair).filter(({ kind }) => kind !== 'flaky')),
  );
  const failures = new Map<string, Change>();
  for (const change of told.flatMap(failuresOf)) {
    failures.set(idOf(change), known(failures.get(idOf(change)), change));
  }
  const bad = new Set([...failures.values()].map(placeOf));
  const [[own = [], ...others] = []] = told;
  const rest = [...own, ...others.flat().filter(({ kind }) => kind === 'fixed')];
  const better = new Map<string, Change>();
  for (const change of rest)
    if (!isFailure(change) && !bad.has(placeOf(change)) && !better.has(idOf(change)))
      better.set(idOf(change), change);
  return [...failures.values(), ...better.values()];
};

// The one that stands for the cell, and others that failed.
const failingOf = (cell: CellResult | null): readonly (CellResult | null)[] => {
  if (cell === null) return [null];
  const [own, ...others] = resultsOf(cell);
  return [own, ...others.filter(({ verdict }) => verdict === 'FAIL')];
};

const isFailure = (change: Change): boolean => isNewFailure(change) || change.kind === 'still-failing';

// Of findings and splats there are several of one subject: each is what it says.
const placeOf = ({ stage, subject, fingerprint }: Change): string =>
  JSON.stringify([stage, subject, ...(['finding', 'splat'].includes(subject.type) ? [fingerprint] : [])]);

const idOf = (change: Change): string => JSON.stringify([placeOf(change), change.fingerprint]);

/** The failures of one result: what a part says in one comparison is not told as the stage's in another. */
const failuresOf = (row: readonly (readonly Change[])[]): readonly Change[] => {
  const isIn = (told: readonly Change[], id: string): boolean =>
    told.some((one) => isFailure(one) && idOf(one) === id);
  return row.flat().filter((change) => isFailure(change) && row.every((told) => isIn(told, idOf(change))));
};

// What is known best of a failure: that it was there before, or else that it was good.
const KNOWN = ['still-failing', 'regression', 'new-failure'];

const known = (one: Change | undefined, other: Change): Change =>
  one && KNOWN.indexOf(one.kind) <= KNOWN.indexOf(other.kind) ? one : other;
