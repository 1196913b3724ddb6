// SPDX-License-Identifier: MIT
import type { CellResult, RunResult } from '@uio-msi/model';
import { renderJunit } from '../junit/junit.js';
import { cellFile, logFile } from './names.js';
import { Overview } from './overview.js';
import { Badge, renderPage } from './page.js';
import { Stage } from './stage.js';

/** A file of the report. */
export interface ReportFile {
  /** Relative to the report's folder. */
  readonly path: string;
  readonly content: string;
}

type Logs = ReadonlyMap<string, string>;

const cellPage = (run: RunResult, cell: CellResult, logs: Logs): string =>
  renderPage(
    `${cell.verdict} ${cell.key}`,
    <>
      <p>
        <a href="index.html">
          {run.series} {run.revision}
        </a>
      </p>
      <h1>
        <Badge verdict={cell.verdict} /> {cell.key}
      </h1>
      {cell.stages.map((stage) => (
        <Stage
          key={stage.stage}
          cell={cell}
          stage={stage}
          hasLog={stage.log !== null && logs.has(stage.log)}
        />
      ))}
    </>,
  );

const logFiles = (run: RunResult, logs: Logs): ReportFile[] =>
  run.cells.flatMap((cell) =>
    cell.stages.flatMap((stage) => {
      const content = stage.log === null ? undefined : logs.get(stage.log);
      return content === undefined ? [] : [{ path: logFile(cell, stage), content }];
    }),
  );

/**
 * The report as a static folder that opens from disk: the matrix, a page for each cell, the logs,
 * and the same in JSON and JUnit XML.
 *
 * @param logs the text of each log by the name that the stages' `log` gives; one that is missing is not linked
 */
export const renderSite = (run: RunResult, logs: Logs): readonly ReportFile[] => [
  {
    path: 'index.html',
    content: renderPage(`${run.verdict} ${run.series} ${run.revision}`, <Overview run={run} />),
  },
  ...run.cells.map((cell) => ({ path: cellFile(cell), content: cellPage(run, cell, logs) })),
  ...logFiles(run, logs),
  { path: 'run.json', content: `${JSON.stringify(run, null, 2)}\n` },
  { path: 'junit.xml', content: renderJunit(run) },
];
