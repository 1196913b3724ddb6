// SPDX-License-Identifier: MIT

/**
 * The cheapest way of giving each row a column of its own, where no row has to have one: the sum of
 * the costs is the least there is. Takes time with the square of the rows times the columns.
 *
 * The Hungarian algorithm by shortest augmenting paths, as R. Jonker and A. Volgenant describe it
 * ("A shortest augmenting path algorithm for dense and sparse linear assignment problems", Computing
 * 38, 1987).
 *
 * @param cost of a row in a column, negative where it is worth it; others are never chosen
 * @returns for each row its column, or null
 */
export const assign = (
  rows: number,
  columns: number,
  cost: (row: number, column: number) => number,
): (number | null)[] => {
  if (rows > columns)
    return turned(
      rows,
      assign(columns, rows, (column, row) => cost(row, column)),
    );
  const costs = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => Math.min(0, cost(row, column))),
  );
  const search: Search = {
    costs,
    rowPotential: new Array(rows).fill(0),
    columnPotential: new Array(columns).fill(0),
    owner: new Array(columns).fill(null),
  };
  for (let row = 0; row < rows; row += 1) place(search, row);
  const found: (number | null)[] = new Array(rows).fill(null);
  for (const [column, row] of search.owner.entries())
    if (row !== null && get(get(costs, row), column) < 0) found[row] = column;
  return found;
};

interface Search {
  readonly costs: readonly (readonly number[])[];
  /** Cost minus both potentials is never negative, and 0 where a row has its column. */
  readonly rowPotential: number[];
  readonly columnPotential: number[];
  /** The row that has a column. */
  readonly owner: (number | null)[];
}

// Gives one more row a column, for which others may have to move along the cheapest path.
const place = ({ costs, rowPotential, columnPotential, owner }: Search, first: number): void => {
  const distance: number[] = new Array(owner.length).fill(Number.POSITIVE_INFINITY);
  const before: (number | null)[] = new Array(owner.length).fill(null);
  const settled = new Set<number>();
  let row: number | null = first;
  let column: number | null = null;
  let length = 0;
  while (row !== null) {
    let next = -1;
    for (const at of owner.keys()) {
      if (settled.has(at)) continue;
      const reach = length + get(get(costs, row), at) - get(rowPotential, row) - get(columnPotential, at);
      if (reach < get(distance, at)) {
        distance[at] = reach;
        before[at] = column;
      }
      if (next === -1 || get(distance, at) < get(distance, next)) next = at;
    }
    column = next;
    length = get(distance, next);
    settled.add(next);
    row = get(owner, next);
  }
  rowPotential[first] = get(rowPotential, first) + length;
  for (const at of settled) {
    const slack = length - get(distance, at);
    const holder = get(owner, at);
    if (holder !== null) rowPotential[holder] = get(rowPotential, holder) + slack;
    columnPotential[at] = get(columnPotential, at) - slack;
  }
  while (column !== null) {
    const from: number | null = get(before, column);
    owner[column] = from === null ? first : get(owner, from);
    column = from;
  }
};

const get = <T>(list: readonly T[], at: number): T => list[at] as T;

const turned = (rows: number, byColumn: readonly (number | null)[]): (number | null)[] => {
  const found: (number | null)[] = new Array(rows).fill(null);
  for (const [column, row] of byColumn.entries()) if (row !== null) found[row] = column;
  return found;
};
