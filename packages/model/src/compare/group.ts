// SPDX-License-Identifier: MIT
import type { Cell } from '../cell.js';
import type { RunResult } from '../result.js';
import type { Change } from './change.js';
import { compareRuns } from './compare.js';

/** One change in all the places where it is the same. */
export interface ChangeGroup extends Pick<Change, 'kind' | 'stage' | 'title' | 'reason' | 'fingerprint'> {
  /** All of them; the first speaks for the others. */
  readonly changes: readonly Change[];
  /** The cells it is in, each once. */
  readonly cells: readonly Cell[];
}

/**
 * Puts changes of one kind and one fingerprint together, however many cells, devices and machines
 * they are in, in the order of the first of each. Pure.
 */
export const groupChanges = (changes: readonly Change[]): readonly ChangeGroup[] => {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change.kind} ${change.fingerprint}`;
    const group = groups.get(key);
    if (group) group.push(change);
    else groups.set(key, [change]);
  }
  return [...groups.values()].map((group) => {
    const { kind, stage, title, reason, fingerprint } = group[0] as Change;
    return {
      ...{ kind, stage, title, reason, fingerprint },
      changes: group,
      cells: [...new Set(group.map(({ cell }) => cell))],
    };
  });
};

/** The failures of a run, each once with the cells that have it. Pure. */
export const groupFailures = (run: Pick<RunResult, 'cells'>): readonly ChangeGroup[] =>
  groupChanges(compareRuns(null, run).filter(({ kind }) => kind === 'new-failure'));
