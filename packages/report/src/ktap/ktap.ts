// SPDX-License-Identifier: MIT
import {
  type CellResult,
  type RunResult,
  type StageResult,
  type Verdict,
  worstVerdict,
} from '@uio-msi/model';
import { visible } from '../html/visible.js';
import { withFailuresElsewhere } from '../merge/elsewhere.js';
import { troubles } from '../troubles.js';
import { summary } from '../words.js';

interface Test {
  readonly name: string;
  readonly verdict: Verdict;
  readonly reason: string | null;
  /** What to say of it before its result. */
  readonly notes: readonly string[];
  readonly tests: readonly Test[];
}

const checkTests = ({ checks = [] }: StageResult): Test[] =>
  checks.map(({ name, verdict, reason }) => ({ name, verdict, reason, notes: [], tests: [] }));

const caseTests = ({ cases = [] }: StageResult): Test[] =>
  cases.map(({ id, device, vectors, bdf, verdict, message }) => ({
    name: [`${id} on ${device}/${vectors}`, bdf].filter(Boolean).join(' at '),
    verdict,
    reason: message,
    notes: [],
    tests: [],
  }));

const stageTest = (stage: StageResult): Test => ({
  name: stage.stage,
  verdict: stage.verdict,
  reason: summary(stage),
  notes: stage.verdict === 'PASS' ? [] : [...troubles(stage), `again: ${stage.reproduce}`],
  tests: [...checkTests(stage), ...caseTests(stage)],
});

const cellTest = (cell: CellResult): Test => ({
  name: cell.key,
  verdict: cell.verdict,
  reason: null,
  notes: [],
  tests: cell.stages.map(stageTest),
});

// A test with a failed subtest has failed itself (ktap.rst, "Nested tests").
const verdictOf = ({ verdict, tests }: Test): Verdict => worstVerdict([verdict, ...tests.map(verdictOf)]);

// One line of what may be many, with nothing in it that acts on a terminal.
const line = (text: string): string => visible(text).replace(/\s+/g, ' ').trim();

// A description may hold anything but what starts a directive, or makes a header of a note ("# Subtest: ").
const named = (name: string): string => line(name).replace(/[#:]/g, '_') || '_';

// A reason stands behind a directive only: alone it might be read as one.
const RESULTS: Readonly<Record<Verdict, (reason: string) => readonly [result: string, directive: string]>> = {
  FAIL: () => ['not ok', ''],
  ERROR: (reason) => ['not ok', ` # ERROR ${reason}`],
  MISS: (reason) => ['not ok', ` # ERROR it never ran: ${reason}`],
  PASS: () => ['ok', ''],
  DONE: () => ['ok', ''],
  SKIP: (reason) => ['ok', ` # SKIP ${reason}`],
};

function* testLines(test: Test, number: number): Generator<string> {
  if (test.tests.length > 0) for (const inner of ktapLines(test.tests)) yield `  ${inner}`;
  const name = named(test.name);
  const verdict = verdictOf(test);
  const notes = verdict === 'FAIL' && test.reason ? [test.reason, ...test.notes] : test.notes;
  for (const note of notes) yield `# ${name}: ${line(note)}`;
  const [result, directive] = RESULTS[verdict](line(test.reason ?? ''));
  yield `${result} ${number} ${name}${directive}`.trimEnd();
}

const header = (tests: number): string => `KTAP version 1\n1..${tests}`;

function* ktapLines(tests: readonly Test[]): Generator<string> {
  yield* header(tests.length).split('\n');
  for (const [at, test] of tests.entries()) yield* testLines(test, at + 1);
}

/**
 * A run as KTAP (Documentation/dev-tools/ktap.rst): a test for each cell, in it one for each stage,
 * in that one for each check, and for each case on each device.
 *
 * @returns the text in pieces, one for each cell
 */
export function* renderKtap({ cells }: Pick<RunResult, 'cells'>): Generator<string> {
  yield `${header(cells.length)}\n`;
  for (const [at, cell] of cells.entries())
    yield `${[...testLines(cellTest(withFailuresElsewhere(cell)), at + 1)].join('\n')}\n`;
}
