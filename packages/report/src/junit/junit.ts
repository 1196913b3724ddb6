// SPDX-License-Identifier: MIT
import { type CellResult, isWorse, type RunResult, type StageResult, type Verdict } from '@uio-msi/model';
import { withFailuresElsewhere } from '../merge/elsewhere.js';
import { counts, place, summary } from '../words.js';
import { element, opening, type Xml } from './xml.js';

// The children that the JUnit schema has for what is neither a pass nor a failure.
const CHILD: Readonly<Record<Verdict, string | null>> = {
  FAIL: 'failure',
  ERROR: 'error',
  MISS: 'error',
  PASS: null,
  DONE: null,
  SKIP: 'skipped',
};

interface Test {
  readonly classname: string;
  readonly name: string;
  readonly verdict: Verdict;
  readonly seconds: number;
  readonly message: string;
  readonly detail: string;
}

const stageTest = (cell: CellResult, stage: StageResult): Test => ({
  classname: cell.key,
  name: stage.stage,
  verdict: stage.verdict,
  seconds: stage.seconds,
  message: summary(stage),
  detail: [
    ...stage.findings.filter(counts).map((f) => `${place(f)}: ${f.severity}: ${f.message}`),
    ...(stage.splats ?? []).map((splat) => splat.text),
    `again: ${stage.reproduce}`,
  ].join('\n'),
});

const testsOf = (cell: CellResult): Test[] =>
  cell.stages.flatMap((stage) => [
    stageTest(cell, stage),
    ...(stage.checks ?? []).map((check) => ({
      classname: `${cell.key}.${stage.stage}`,
      name: check.name,
      verdict: check.verdict,
      seconds: check.seconds,
      message: check.reason ?? '',
      detail: '',
    })),
    ...(stage.cases ?? []).map((c) => ({
      classname: [cell.key, [c.device, c.vectors, c.bdf].filter((part) => part !== undefined).join('-')].join(
        '.',
      ),
      name: c.id,
      verdict: c.verdict,
      seconds: c.seconds,
      message: c.message ?? '',
      detail: c.log ?? '',
    })),
  ]);

// Servers take the first of those with one name: of a case that is there twice that is to be the worst.
const distinct = (tests: readonly Test[]): readonly Test[] => {
  const found = new Map<string, Test>();
  for (const test of tests) {
    const name = JSON.stringify([test.classname, test.name]);
    const other = found.get(name);
    if (!other || isWorse(test.verdict, other.verdict)) found.set(name, test);
  }
  return [...found.values()];
};

const testcase = (test: Test): Xml => {
  const child = CHILD[test.verdict];
  const children = child === null ? [] : [element(child, { message: test.message }, [test.detail])];
  return element(
    'testcase',
    { classname: test.classname, name: test.name, time: test.seconds.toFixed(3) },
    children,
  );
};

const suite = (cell: CellResult, started: string): Xml => {
  const tests = distinct(testsOf(withFailuresElsewhere(cell)));
  const having = (child: string) => String(tests.filter(({ verdict }) => CHILD[verdict] === child).length);
  const attributes = {
    name: cell.key,
    tests: String(tests.length),
    failures: having('failure'),
    errors: having('error'),
    skipped: having('skipped'),
    time: cell.stages.reduce((sum, stage) => sum + stage.seconds, 0).toFixed(3),
    timestamp: started.replace(/(\.\d+)?Z$/, ''),
  };
  return element('testsuite', attributes, tests.map(testcase));
};

/**
 * A run as JUnit XML: a suite for each cell, a case for each stage and for each conformance case
 * on each device, under a name that no other has and that it keeps. The dialect is that of Jenkins' junit-10.xsd, which GitLab and GitHub actions read.
 *
 * @returns the text in pieces, one for each cell
 */
export function* renderJunit(run: RunResult): Generator<string> {
  const attributes = { name: `${run.series} ${run.revision}`, time: run.seconds.toFixed(3) };
  yield `<?xml version="1.0" encoding="UTF-8"?>\n${opening('testsuites', attributes)}`;
  for (const cell of run.cells) yield suite(cell, run.started).text;
  yield '</testsuites>\n';
}
