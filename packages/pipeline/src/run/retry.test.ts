// SPDX-License-Identifier: MIT
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openState, type State } from '@uio-msi/host';
import { EnvironmentError, isFlake, type RunResult, type StageName, silent } from '@uio-msi/model';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeCell } from '../../test/fake-cell.js';
import { fakeStages } from '../../test/fake-stages.js';
import type { PlannedCell } from '../plan/plan.js';
import type { Outcome, StageContext } from '../stage/stage.js';
import { type RunRequest, runCells } from './run.js';

let state: State;
let did: string[];
beforeEach(async () => {
  state = await openState(await mkdtemp(join(tmpdir(), 'uio-msi-retry-')));
  did = [];
});
afterEach(() => rm(state.dir, { recursive: true }));

type Behaviour = (stage: StageName, cell: PlannedCell, ctx: StageContext) => Promise<Partial<Outcome>>;

const runWith = (behave: Behaviour, changes: Partial<RunRequest> = {}): Promise<RunResult> =>
  runCells({
    state,
    cells: [fakeCell()],
    stages: null,
    command: './uio-msi nightly',
    suiteBundle: () => Promise.reject(new Error('there is no suite')),
    progress: silent,
    signal: new AbortController().signal,
    retry: true,
    table: fakeStages(async () => ({})).map((stage) => ({
      ...stage,
      mayFlake: stage.name === 'conform' || stage.name === 'boot',
      run: async ({ planned }, ctx) => {
        did.push(stage.name);
        const more = await behave(stage.name, planned, ctx);
        return { verdict: 'PASS', reason: null, outputs: { from: stage.name }, ...more };
      },
    })),
    ...changes,
  });
const times = (stage: StageName) => did.filter((name) => name === stage).length;
const only = (result: RunResult, stage: StageName) =>
  result.cells[0]?.stages.find((one) => one.stage === stage);
const FAILED = { verdict: 'FAIL', reason: 'vector 3 did not come', outputs: {} } as const;

it('tries what the machine spoiled a second time, and nothing else again', async () => {
  const result = await runWith(async (stage) => {
    if (stage === 'build' && times('build') === 1)
      throw new EnvironmentError({ code: 'out-of-memory', message: 'killed', next: 'free some' });
    return {};
  });
  expect(result.verdict).toBe('PASS');
  expect([times('apply'), times('build'), times('conform')]).toEqual([1, 2, 1]);
  expect(only(result, 'build')?.attempts).toMatchObject([{ verdict: 'ERROR', reason: 'killed; free some' }]);
});

it('tells a flake, and the ledger remembers it as one', async () => {
  const flaky: Behaviour = async (stage) => (stage === 'conform' && times('conform') === 1 ? FAILED : {});
  const first = await runWith(flaky);
  expect(times('boot')).toBe(1);
  const again = await runWith(flaky);
  for (const stage of [first, again].map((result) => only(result, 'conform')))
    expect([stage?.verdict, stage && isFlake(stage)]).toEqual(['PASS', true]);
  expect(only(again, 'conform')?.cached).toBe(true);
});

it('tells a failure that stays, after two times', async () => {
  const failing: Behaviour = async (stage) => (stage === 'conform' ? FAILED : {});
  const result = await runWith(failing);
  expect([result.verdict, times('conform')]).toEqual(['FAIL', 2]);
  await runWith(failing);
  expect(times('conform')).toBe(2);
});

it.each([
  ['a kernel that says what is wrong', { splats: [{ kind: 'oops', title: 'BUG', text: '' }] }, 'conform'],
  ['a stage that chance has no part in', {}, 'build'],
] as const)('believes %s the first time', async (_, more, where) => {
  const result = await runWith(async (stage) => (stage === where ? { ...FAILED, ...more } : {}));
  expect([result.verdict, times(where)]).toEqual(['FAIL', 1]);
});

const three = ['9.1.0', '9.0.7', '8.0.1'].map((version) => fakeCell(version));
const verdicts = ({ cells }: RunResult) => cells.map(({ verdict }) => verdict);

it('stops at the deadline: what is under way is cut off, what is not done is MISS, and the next run does it', async () => {
  const slow: Behaviour = async (stage, { cell }, { signal }) => {
    if (stage !== 'build' || cell.kernel === '9.1.0') return {};
    await sleep(60_000, undefined, { signal }).catch(() => {});
    return FAILED;
  };
  const expected = ({ cell }: PlannedCell) => (cell.kernel === '9.1.0' ? 900 : 100);
  const amounts = { processors: 0, memory: 0 };
  const result = await runWith(slow, { cells: three, deadline: 4, expected, amounts });
  expect(verdicts(result)).toEqual(['PASS', 'MISS', 'MISS']);
  expect(result.cells[1]?.stages.find(({ stage }) => stage === 'build')).toMatchObject({
    verdict: 'MISS',
    reason: 'the deadline came first',
  });
  expect(verdicts(await runWith(async () => ({}), { cells: three }))).toEqual(['PASS', 'PASS', 'PASS']);
});

it('stops at the first failure when that is wanted', async () => {
  const failing: Behaviour = async (stage) => (stage === 'apply' ? FAILED : {});
  const amounts = { processors: 0, memory: 0 };
  const result = await runWith(failing, { cells: three, failFast: true, amounts });
  expect(verdicts(result)).toEqual(['FAIL', 'MISS', 'MISS']);
  expect(times('apply')).toBe(1);
});

it('goes on behind a failure that is known, when it is to stop at the first', async () => {
  const [known, ...others] = three;
  const failing: Behaviour = async (stage, { cell }) =>
    stage === 'apply' && cell.kernel === known?.cell.kernel ? FAILED : {};
  const amounts = { processors: 0, memory: 0 };
  await runWith(failing, { cells: known ? [known] : [], failFast: true, amounts });
  const result = await runWith(failing, {
    cells: [...(known ? [known] : []), ...others],
    failFast: true,
    amounts,
  });
  expect(verdicts(result)).toEqual(['FAIL', 'PASS', 'PASS']);
});

it('builds one at a time, the longest first, and looks at others meanwhile', async () => {
  const seconds: Readonly<Record<string, number>> = { '9.1.0': 5, '9.0.7': 50, '8.0.1': 20 };
  const order: string[] = [];
  let building = 0;
  await runWith(
    async (stage, { cell }) => {
      if (stage !== 'build') return {};
      building += 1;
      expect(building).toBe(1);
      order.push(cell.kernel);
      // Until the others wait, too.
      await sleep(order.length === 1 ? 1000 : 30);
      building -= 1;
      return {};
    },
    {
      cells: three,
      amounts: { processors: 4, memory: 4000 },
      expected: ({ cell }) => seconds[cell.kernel] ?? null,
    },
  );
  // Whoever comes first begins: nobody else waits then.
  const waited = order.slice(1).map((kernel) => seconds[kernel] ?? 0);
  expect(waited).toEqual([...waited].sort((a, b) => b - a));
  expect(order).toHaveLength(3);
});
