// SPDX-License-Identifier: MIT
import { type Change, cellKey, type Verdict } from '@uio-msi/model';
import type { SiteInput } from './input.js';

/** What is known of a cell from other runs. */
export interface CellPast {
  /** What has changed in it; none when there is nothing to compare with. */
  readonly changes: readonly Change[];
  /** When it was run before, newest first, and what came of it. */
  readonly nights: readonly (readonly [started: string, verdict: Verdict])[];
}

const append = <T>(lists: Map<string, T[]>, key: string, value: T): void => {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
};

/** What is known of each cell, by its key, looked through once for all of them. */
export const pastOf = ({ before, changes, history }: SiteInput): ((key: string) => CellPast) => {
  const changed = new Map<string, Change[]>();
  const nights = new Map<string, (readonly [string, Verdict])[]>();
  if (before !== null) for (const change of changes) append(changed, cellKey(change.cell), change);
  for (const { started, cells } of history)
    for (const { key, verdict } of cells) append(nights, key, [started, verdict] as const);
  return (key) => ({ changes: changed.get(key) ?? [], nights: nights.get(key) ?? [] });
};
