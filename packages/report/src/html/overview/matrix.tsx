// SPDX-License-Identifier: MIT
import {
  type CellResult,
  CHANGE_KINDS,
  type Change,
  type ChangeKind,
  cellKey,
  type Verdict,
  worstVerdict,
} from '@uio-msi/model';
import type { VNode } from 'preact';
import { firstBad, KIND_WORDS } from '../../words.js';
import { cellFile, matrixFile } from '../names.js';
import { Wide } from '../page.js';
import { kernelsOf, type Part, type Row } from './parts.js';

/** What matters most of what has become of each cell, by its key. */
export const kindsOf = (changes: readonly Change[]): ReadonlyMap<string, ChangeKind> => {
  const kinds = new Map<string, ChangeKind>();
  for (const { kind, cell } of changes) {
    const known = kinds.get(cellKey(cell));
    if (known === undefined || CHANGE_KINDS.indexOf(kind) < CHANGE_KINDS.indexOf(known))
      kinds.set(cellKey(cell), kind);
  }
  return kinds;
};

interface SquareProps {
  readonly cell: CellResult | undefined;
  readonly kind: ChangeKind | undefined;
}

const Square = ({ cell, kind }: SquareProps): VNode => {
  if (!cell) return <td class="q">·</td>;
  const bad = firstBad(cell)?.stage;
  return (
    <td class="q">
      <a class={`v v-${cell.verdict}`} href={cellFile(cell)}>
        {cell.verdict}
      </a>
      {bad && <small>{bad}</small>}
      {kind && <small class={`m-${kind}`}>{KIND_WORDS[kind][0]}</small>}
    </td>
  );
};

// A table is laid out as a whole, a part of a page only when it is looked at: long ones are cut.
const ROWS = 40;

// How high a row is about, for what is not laid out yet.
const ROW_REM = 2.6;

const chunks = (rows: readonly Row[]): readonly (readonly Row[])[] =>
  Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, at) => rows.slice(at * ROWS, (at + 1) * ROWS));

interface MatrixProps {
  readonly part: Part;
  readonly kinds: ReadonlyMap<string, ChangeKind>;
}

/** One part of the matrix: kernels × configurations. */
export const Matrix = ({ part, kinds }: MatrixProps): VNode => {
  const kernels = kernelsOf(part.cells);
  return (
    <>
      {chunks(part.rows).map((rows) => (
        <div
          key={rows[0]?.name}
          {...(part.rows.length > ROWS && {
            class: 'later',
            style: `contain-intrinsic-size:auto ${(rows.length + 1) * ROW_REM}rem`,
          })}
        >
          <Wide label={`${part.name}, from ${rows[0]?.name}`}>
            <table class="matrix">
              <thead>
                <tr>
                  <th scope="col">{part.name}</th>
                  {kernels.map((kernel) => (
                    <th scope="col" key={kernel}>
                      {kernel}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.name}>
                    <th scope="row">{row.name}</th>
                    {kernels.map((kernel) => {
                      const cell = row.cells.get(kernel);
                      return <Square key={kernel} cell={cell} kind={cell && kinds.get(cell.key)} />;
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </Wide>
        </div>
      ))}
    </>
  );
};

const summed = (cells: readonly CellResult[]): { verdict: Verdict; text: string } => {
  const verdict = worstVerdict(cells.map((cell) => cell.verdict));
  const having = cells.filter((cell) => cell.verdict === verdict).length;
  return { verdict, text: having === cells.length ? `all ${having}` : `${having} of ${cells.length}` };
};

/** The matrix with its parts as rows, for one that is too large for a page; each leads to its own. */
export const Summary = ({ parts }: { parts: readonly Part[] }): VNode => {
  const kernels = kernelsOf(parts.flatMap(({ cells }) => cells));
  return (
    <Wide label="Matrix, summed">
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">architecture, toolchain</th>
            {kernels.map((kernel) => (
              <th scope="col" key={kernel}>
                {kernel}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={part.name}>
              <th scope="row">
                <a href={matrixFile(part.name)}>{part.name}</a>
              </th>
              {kernels.map((kernel) => {
                const cells = part.cells.filter((cell) => cell.kernel === kernel);
                if (cells.length === 0)
                  return (
                    <td class="q" key={kernel}>
                      ·
                    </td>
                  );
                const { verdict, text } = summed(cells);
                return (
                  <td class="q" key={kernel}>
                    <span class={`v v-${verdict}`}>{verdict}</span>
                    <small>{text}</small>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
};
