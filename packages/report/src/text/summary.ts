// SPDX-License-Identifier: MIT
import type { CellResult, RunResult, StageResult, Verdict } from '@uio-msi/model';
import { troubles } from '../troubles.js';
import { duration, firstBad, summary } from '../words.js';
import { printable } from './printable.js';

/** How a summary is painted; plain text when `colour` is false. */
export interface SummaryOptions {
  readonly colour: boolean;
  /** Where the HTML report is, to tell at the end; null when there is none. */
  readonly report: string | null;
}

// SGR parameters of ECMA-48: red, magenta, yellow, green, none, dim.
const INK: Readonly<Record<Verdict, string>> = {
  FAIL: '31',
  ERROR: '35',
  MISS: '33',
  PASS: '32',
  DONE: '',
  SKIP: '2',
};

// More than this is what the HTML report is for.
const MOST = 8;

type Paint = (verdict: Verdict, text?: string) => string;

const painter =
  (colour: boolean): Paint =>
  (verdict, text = verdict) =>
    colour && INK[verdict] ? `\u001b[${INK[verdict]}m${text}\u001b[0m` : text;

const capped = (lines: readonly string[]): string[] =>
  lines.length <= MOST
    ? [...lines]
    : [...lines.slice(0, MOST), `… and ${lines.length - MOST} more in the report`];

const stageLine = (stage: StageResult, paint: Paint): string => {
  const verdict = paint(stage.verdict) + ' '.repeat(6 - stage.verdict.length);
  const time = stage.cached ? 'cached' : duration(stage.seconds);
  return `  ${stage.stage.padEnd(8)} ${verdict} ${time.padStart(11)}  ${printable(summary(stage))}`.trimEnd();
};

const cellLines = (cell: CellResult, paint: Paint): string[] => {
  const bad = firstBad(cell);
  return [
    `${paint(cell.verdict)} ${cell.key}`,
    ...cell.stages.map((stage) => stageLine(stage, paint)),
    ...cell.stages.flatMap((stage) => capped(troubles(stage)).map((line) => `    ${printable(line)}`)),
    ...(bad ? [`    again: ${bad.reproduce}`] : []),
  ];
};

/**
 * What a person wants to know of a run when it ends: every stage of every cell with verdict and
 * time, what went wrong and how to see it again, and where the report is.
 */
export const renderSummary = (run: RunResult, options: SummaryOptions): string => {
  const paint = painter(options.colour);
  const end = `${paint(run.verdict)} ${run.series} ${run.revision}, run ${run.run}, ${duration(run.seconds)}`;
  const where = options.report === null ? [] : [`report: ${options.report}`];
  return `${[...run.cells.flatMap((cell) => [...cellLines(cell, paint), '']), end, ...where].join('\n')}\n`;
};
