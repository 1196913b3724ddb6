// SPDX-License-Identifier: MIT
import type { Cell } from '../cell.js';
import type { Change, ChangeKind } from './change.js';

/** What is wanted of the changes; absent for everything. */
export interface ChangeFilter {
  readonly kinds?: readonly ChangeKind[] | undefined;
  /** Lines or exact versions. */
  readonly kernels?: readonly string[] | undefined;
  readonly arches?: readonly string[] | undefined;
  readonly toolchains?: readonly string[] | undefined;
  readonly configs?: readonly string[] | undefined;
}

/**
 * Those of the changes that are wanted. It takes changes and not runs, so that what is left out
 * of one run does not look as if it had appeared in the other. Pure.
 */
export const filterChanges = (changes: readonly Change[], filter: ChangeFilter): readonly Change[] =>
  changes.filter(({ kind, cell }) => (filter.kinds?.includes(kind) ?? true) && isCellWanted(cell, filter));

/** Whether a cell is where changes are wanted of. Pure. */
export const isCellWanted = (cell: Cell, { kernels, arches, toolchains, configs }: ChangeFilter): boolean =>
  (kernels === undefined || kernels.includes(cell.line) || kernels.includes(cell.kernel)) &&
  (arches?.includes(cell.arch) ?? true) &&
  (toolchains?.includes(cell.toolchain) ?? true) &&
  (configs?.includes(cell.config) ?? true);
