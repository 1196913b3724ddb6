// SPDX-License-Identifier: MIT
import { isGood, prefixesTogether, type Verdict, worstVerdict } from '@uio-msi/model';
import type { MatrixSquare } from '../cells/matrix.js';
import { type Outlook, summed } from './outlook.js';

/** A square for a script. */
export interface MatrixRow {
  readonly cell: string;
  readonly key: string | null;
  readonly tier: string;
  /** `known`, `to do`, `missing` (no compiler), or `left out`. */
  readonly status: 'known' | 'to do' | 'missing' | 'left out';
  /** What is known of it, when all of it is. */
  readonly verdict: Verdict | null;
  readonly stages: readonly string[] | null;
  /** Seconds of what is to be done; null when nobody knows. */
  readonly seconds: number | null;
  readonly reason: string | null;
}

/** Squares and what is to be expected of them, for a script. Pure. */
export const matrixRows = (
  squares: readonly MatrixSquare[],
  outlook: ReadonlyMap<string, Outlook>,
): readonly MatrixRow[] =>
  squares.map(({ id, tier, stages, excluded, planned }) => {
    const of = planned ? outlook.get(planned.key) : undefined;
    const reason = excluded ?? planned?.missing ?? null;
    const done = of !== undefined && of.left.length === 0;
    const status = excluded ? 'left out' : planned?.missing ? 'missing' : done ? 'known' : 'to do';
    return {
      ...{ cell: id, key: planned?.key ?? null, tier, status, stages, reason },
      verdict: done ? of.known : null,
      seconds: of?.seconds ?? null,
    };
  });

const time = (seconds: number | null): string => {
  if (seconds === null) return '?';
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return seconds < 3600
    ? `${Math.round(seconds / 60)} min`
    : `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
};

type Rows = readonly [MatrixRow, ...MatrixRow[]];

const whatOf = (rows: Rows): string => {
  const todo = rows.filter(({ status }) => status === 'to do');
  if (todo.length > 0) return `to do ${time(summed(todo.map(({ seconds }) => seconds)))}`;
  const verdicts = rows.flatMap(({ verdict }) => verdict ?? []);
  return verdicts.length > 0 ? worstVerdict(verdicts) : rows[0].status;
};

// Which of several it is: `first3 FAIL`.
const whichOf = (rows: Rows): readonly string[] => {
  if (rows.length === 1) return [];
  const known = rows.filter(({ status }) => status === 'known');
  const some = known.length > 0 && known.length < rows.length;
  const bad = known.filter(({ verdict }) => verdict !== null && !isGood(verdict));
  return [
    ...(some ? [`${known.length} of ${rows.length} known`] : []),
    ...bad.map(({ cell, verdict }) => `${cell.split('/').at(-1)} ${verdict}`),
  ];
};

/** The plan for a person: a line for each square, one for the prefixes of it, and what it comes to. Pure. */
export const renderMatrix = (rows: readonly MatrixRow[]): string => {
  const together = prefixesTogether(rows, ({ cell }) => cell);
  const width = Math.max(0, ...together.map(({ name }) => name.length));
  const lines = together.map(({ name, items }) => {
    const [{ tier, stages, reason }] = items;
    const upTo = stages === null ? '' : `only ${stages.join(',')}`;
    const notes = [reason, ...whichOf(items)].filter(Boolean).join(', ');
    return [name.padEnd(width), tier.padEnd(7), whatOf(items).padEnd(12), upTo, notes]
      .filter(Boolean)
      .join('  ')
      .trimEnd();
  });
  const count = (status: MatrixRow['status']) => rows.filter((row) => row.status === status).length;
  const todo = rows.filter(({ status }) => status === 'to do');
  const seconds = todo.reduce((sum, row) => sum + (row.seconds ?? 0), 0);
  const unknown = todo.filter((row) => row.seconds === null).length;
  const work =
    todo.length === 0
      ? ''
      : ` (${time(seconds)} of work${unknown > 0 ? ` and ${unknown} that nobody knows` : ''})`;
  const end = `${rows.length} cells: ${count('known')} known, ${todo.length} to do${work}, ${count('missing')} without a compiler, ${count('left out')} left out`;
  return [...lines, end].join('\n');
};
