// SPDX-License-Identifier: MIT
import { compareRuns, type Finding, type RunResult, type StageResult, type Verdict } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { fakeCell } from '../../test/fake-cell.js';
import { baselineFrom } from './baseline.js';

type Stage = Pick<StageResult, 'stage' | 'verdict'> & Partial<StageResult>;

const night = (...stages: readonly Stage[]): RunResult => {
  const { cell, key } = fakeCell();
  const results = stages.map((stage): StageResult => {
    const more = { seconds: 1, cached: false, findings: [], reproduce: '', log: null, outputs: {} };
    return { ...more, reason: stage.verdict === 'PASS' ? null : 'why', ...stage };
  });
  return {
    ...{ version: 1, run: '', series: 'tiny', revision: 'v1', verdict: 'FAIL', tier: 'nightly' },
    ...{ started: '', seconds: 1, command: '', cells: [{ ...cell, key, verdict: 'FAIL', stages: results }] },
  };
};

/** What is told of the last of several nights, and which of the others were read for it. */
const nights = async (...all: readonly RunResult[]) => {
  const named = all.map((run, at) => ({ ...run, run: `night ${at + 1}` }));
  const [run, ...earlier] = named.reverse();
  if (!run) throw new Error('no night');
  const read: string[] = [];
  const summaries = earlier.map(({ run: name, cells }) => ({
    run: name,
    cells: cells.map(({ stages, ...cell }) => ({
      ...cell,
      stages: stages.map((one) => [one.stage, one.verdict, one.seconds] as const),
    })),
  }));
  const baseline = await baselineFrom(summaries, run, async (name) => {
    read.push(name);
    return earlier.find((one) => one.run === name) ?? null;
  });
  return {
    told: compareRuns(baseline, run).map(({ kind, title }) => `${kind} ${title}`),
    read: read.join(),
  };
};

const finding = (tool: string, message: string): Finding => ({
  ...{ tool, kind: '', severity: 'warning', file: 'a.c', line: 1, message },
});
const X = finding('sparse', 'x');
const Y = finding('kernel-doc', 'y');
const inspected = (sparse: Verdict, ...findings: readonly Finding[]) =>
  night({
    ...{ stage: 'inspect', verdict: 'FAIL', findings, reason: 'a.c: x, a.c: y' },
    checks: [
      { name: 'sparse', verdict: sparse, seconds: 1, reason: null },
      { name: 'kernel-doc', verdict: 'FAIL', seconds: 1, reason: null },
    ],
  });

it('a checker that is gone and comes back brings no news', async () => {
  const [whole, without] = [inspected('FAIL', X, Y), inspected('MISS', Y)];
  expect((await nights(whole, without)).told).toEqual(['still-failing a.c: y', 'disappeared sparse']);
  const known = ['still-failing a.c: y', 'still-failing a.c: x'].sort();
  for (const between of [[without], [without, without]]) {
    const { told } = await nights(whole, ...between, whole);
    expect([...told].sort()).toEqual(known);
  }
});

it('what a checker finds that was gone for a night was good before that, or is fixed', async () => {
  const [found, good, without] = [inspected('FAIL', X, Y), inspected('PASS', Y), inspected('MISS', Y)];
  expect((await nights(good, without, found)).told).toEqual(['regression a.c: x', 'still-failing a.c: y']);
  expect((await nights(found, without, good)).told).toEqual(['still-failing a.c: y', 'fixed a.c: x']);
});

const splat = { kind: 'kasan', title: 'BUG: KASAN', text: 'BUG\n uio_msi_x+0x1/0x2\n' };
const suite = (...cases: readonly (readonly [id: string, message: string | null])[]) =>
  night({
    ...{ stage: 'conform', verdict: 'FAIL' },
    reason: cases.length > 1 ? `b on rocker: got 3` : 'a on rocker: it hung',
    splats: cases.length > 1 ? [splat] : [],
    cases: cases.map(([id, message]) => ({
      ...{ id, message, title: id, clauses: [], device: 'rocker', vectors: 4, seconds: 1, log: null },
      verdict: message === null ? 'PASS' : 'FAIL',
    })),
  });

it('a guest that hangs early hides nothing: what is behind is known from the night before', async () => {
  const [whole, cut] = [suite(['a', null], ['b', 'got 3'], ['c', null]), suite(['a', 'it hung'])];
  for (const between of [[cut], [cut, cut]])
    expect((await nights(whole, ...between, whole)).told).toEqual([
      'still-failing b on rocker',
      'still-failing BUG: KASAN',
      'fixed a on rocker',
    ]);
});

it('what came of a compile error is over with it, and the warnings before it are known', async () => {
  const built = (message: string | null, outputs: Record<string, string> = { artefacts: 'here' }) =>
    night({
      ...{ stage: 'build', verdict: message === null ? 'PASS' : 'FAIL', outputs },
      ...{ findings: message === null ? [] : [finding('gcc', message)], reason: `a.c:1: ${message}` },
    });
  const [warning, broken] = [built('unused'), built('undeclared', {})];
  expect((await nights(warning, broken, warning)).told).toEqual([
    'still-failing a.c: unused',
    'fixed a.c: undeclared',
  ]);
  expect((await nights(warning, broken, built(null))).told).toEqual([
    'fixed a.c: undeclared',
    'fixed a.c: unused',
  ]);
});

it('no more nights are read than it takes', async () => {
  const [whole, without] = [inspected('FAIL', X, Y), inspected('MISS', Y)];
  expect((await nights(whole, whole, whole)).read).toBe('night 2');
  expect((await nights(whole, without, without)).read).toBe('night 2');
  expect((await nights(whole, whole, without, without, whole)).read).toBe('night 4,night 3,night 2');
});
