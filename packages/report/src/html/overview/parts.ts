// SPDX-License-Identifier: MIT
import type { CellResult } from '@uio-msi/model';
import { configured } from '../../words.js';

/** The cells of one architecture and toolchain: rows of configurations, columns of kernels. */
export interface Part {
  /** `x86_64 gcc-12`. */
  readonly name: string;
  readonly rows: readonly Row[];
  readonly cells: readonly CellResult[];
}

/** One configuration on all kernels. */
export interface Row {
  readonly name: string;
  readonly cells: ReadonlyMap<string, CellResult>;
}

const grouped = <T>(
  things: readonly T[],
  nameOf: (thing: T) => string,
): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const group = groups.get(nameOf(thing));
    if (group) group.push(thing);
    else groups.set(nameOf(thing), [thing]);
  }
  return groups;
};

/** The kernels of cells, in their order. */
export const kernelsOf = (cells: readonly CellResult[]): readonly string[] => [
  ...new Set(cells.map(({ kernel }) => kernel)),
];

/** The parts of a matrix, in the order of the cells. Pure. */
export const partsOf = (cells: readonly CellResult[]): readonly Part[] =>
  [...grouped(cells, ({ arch, toolchain }) => `${arch} ${toolchain}`)].map(([name, own]) => ({
    name,
    cells: own,
    rows: [...grouped(own, configured)].map(([row, ofRow]) => ({
      name: row,
      cells: new Map(ofRow.map((cell) => [cell.kernel, cell])),
    })),
  }));
