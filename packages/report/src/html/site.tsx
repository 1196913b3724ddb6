// SPDX-License-Identifier: MIT
import type { CellResult, RunResult } from '@uio-msi/model';
import { CellPage } from './cell/cell.js';
import type { CellExtras, SiteInput } from './input.js';
import { cellFile, matrixFile } from './names.js';
import { kindsOf, Matrix } from './overview/matrix.js';
import { AllChanges, isOnePage, Overview } from './overview/overview.js';
import { partsOf } from './overview/parts.js';
import { renderPage } from './page.js';
import { pastOf } from './past.js';

/** A file of the report. */
export interface ReportFile {
  /** Relative to the report's folder. */
  readonly path: string;
  readonly content: string;
}

const titled = ({ verdict, series, revision }: RunResult): string => `${verdict} ${series} ${revision}`;

/**
 * The pages of a report but those of its cells, one at a time: `index.html` with what is new and the
 * matrix, all changes, and the parts of a matrix that is too large for one page.
 */
export function* renderSite(input: SiteInput): Generator<ReportFile> {
  const { run } = input;
  const parts = partsOf(run.cells);
  const title = titled(run);
  yield { path: 'index.html', content: renderPage(title, <Overview input={input} parts={parts} />) };
  yield { path: 'changes.html', content: renderPage(`${title}, changes`, <AllChanges input={input} />) };
  if (isOnePage(input)) return;
  const kinds = input.before === null ? new Map() : kindsOf(input.changes);
  for (const part of parts) {
    const content = renderPage(
      `${title}, ${part.name}`,
      <>
        <p>
          <a href="index.html">{title}</a>
        </p>
        <h1>{part.name}</h1>
        <Matrix part={part} kinds={kinds} />
      </>,
    );
    yield { path: matrixFile(part.name), content };
  }
}

/**
 * Makes pages of cells, at the addresses that the others lead to.
 *
 * @returns what makes one, of a cell and what is not in its result
 */
export const cellPages = (input: SiteInput): ((cell: CellResult, extras: CellExtras) => ReportFile) => {
  const past = pastOf(input);
  return (cell, extras) => ({
    path: cellFile(cell),
    content: renderPage(
      `${cell.verdict} ${cell.key}`,
      <CellPage input={input} cell={cell} past={past(cell.key)} extras={extras} />,
    ),
  });
};
