// SPDX-License-Identifier: MIT
import type { Patch } from '@uio-msi/series';

/** Paths that patches touch. */
export interface Touches {
  /** Those that the tree without the patches has, in order. */
  readonly changed: readonly string[];
  /** Those that it has not. */
  readonly added: ReadonlySet<string>;
}

/** The paths that patches touch, one applied after the other. Pure. */
export const touchesOf = (patches: readonly Pick<Patch, 'changes'>[]): Touches => {
  const changes = patches.flatMap((patch) => patch.changes);
  const added = new Set(changes.flatMap(({ from, to }) => (from === null && to !== null ? [to] : [])));
  const changed = changes.flatMap(({ from }) => (from === null || added.has(from) ? [] : [from]));
  return { changed: [...new Set(changed)].sort(), added };
};
