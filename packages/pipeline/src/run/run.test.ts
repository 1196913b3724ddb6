// SPDX-License-Identifier: MIT
import { spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { EnvironmentError, Interrupted, STAGES, type StageName, UserError } from '@uio-msi/model';
import { build } from 'esbuild';
import { beforeEach, describe, expect, it } from 'vitest';
import { fakeCell } from '../../test/fake-cell.js';
import { type FakeRuns, useFakeRuns } from '../../test/fake-runs.js';
import { type Behaviour, fakeStages } from '../../test/fake-stages.js';
import { exitCodeOf } from './run.js';
import { listRuns, readRun, readUsed } from './store.js';

const { now, runWith } = useFakeRuns();
let { state, did, events } = {} as FakeRuns;
beforeEach(() => {
  ({ state, did, events } = now());
});

const good: Behaviour = async () => ({});
const verdicts = async (behave: Behaviour) =>
  (await runWith(behave)).cells[0]?.stages.map(({ stage, verdict, reason }) => [stage, verdict, reason]);

describe('a run', () => {
  it('runs the stages in order and is kept', async () => {
    const result = await runWith(good);
    expect(did).toEqual(STAGES);
    expect(result).toMatchObject({ version: 1, verdict: 'PASS', series: 'tiny', revision: 'v1' });
    expect(result.cells[0]?.stages[1]?.reproduce).toBe(
      './uio-msi check --series tiny --kernels 9.1.0 --toolchain gcc-12 --config minimal --stages apply --again',
    );
    expect(await readRun(state, null)).toEqual(result);
    expect(await readRun(state, result.run)).toEqual(result);
  });

  it('says how deep it went, and whether its cells are only some of a tier', async () => {
    const some = await runWith(good, { tier: 'nightly', chosen: true });
    expect(some).toMatchObject({ tier: 'nightly', chosen: true, cells: [{ depth: 'standard' }] });
    expect(await runWith(good, { tier: 'nightly', chosen: false })).not.toHaveProperty('chosen');
  });

  it('does nothing twice, and says so', async () => {
    const first = await runWith(good);
    const again = await runWith(good);
    expect(did).toEqual(STAGES);
    expect(again.cells[0]?.stages).toEqual(
      first.cells[0]?.stages.map((stage) => ({ ...stage, cached: true })),
    );
    expect(await listRuns(state)).toEqual([again.run, first.run]);
    const used = await readUsed(state, first.run);
    expect(used?.map((entry) => entry.split('/')[0])).toEqual(STAGES);
    expect(await readUsed(state, again.run)).toEqual(used);
  });

  it('says how to do a stage again as it was asked for now, also when it is known', async () => {
    await runWith(good);
    const cell = fakeCell();
    const cells = [{ ...cell, cell: { ...cell.cell, config: 'debug' } }];
    const again = await runWith(good, { cells, globals: ['--state', '/elsewhere'] });
    expect(again.cells[0]?.stages[1]).toMatchObject({
      cached: true,
      reproduce:
        './uio-msi check --state /elsewhere --series tiny --kernels 9.1.0 --toolchain gcc-12 --config debug --stages apply --again',
    });
  });

  it('does again what is asked for, once, and takes what that needs as it is known', async () => {
    await runWith(good);
    did.length = 0;
    const cell = fakeCell();
    const cells = ['minimal', 'debug'].map((config) => ({ ...cell, cell: { ...cell.cell, config } }));
    const { cells: judged } = await runWith(good, { cells, stages: ['build'], again: true });
    expect(did).toEqual(['build']);
    expect(judged[0]?.stages.map(({ cached }) => cached)).toEqual([true, true, true, true, false]);
    await runWith(good, { again: true });
    expect(did).toEqual(['build', ...STAGES]);
  });

  it('runs what is asked for and what that needs', async () => {
    const { cells } = await runWith(good, { stages: ['apply'] });
    expect(cells[0]?.stages.map(({ stage }) => stage)).toEqual(['source', 'apply']);
  });

  it('does a stage again when what it left behind is gone', async () => {
    await runWith(good);
    did.length = 0;
    const table = fakeStages(async (stage) => {
      did.push(stage);
      return {};
    }).map((stage) => (stage.name === 'build' ? { ...stage, stillThere: async () => false } : stage));
    await runWith(good, { table });
    expect(did).toEqual(['build']);
  });

  it('gives one result for each cell, the worst verdict for all', async () => {
    const result = await runWith(good, { cells: [fakeCell('9.1.0'), fakeCell('9.0.7')] });
    expect(result.cells.map(({ kernel }) => kernel)).toEqual(['9.1.0', '9.0.7']);
  });

  it('tells its progress as a tree', async () => {
    await runWith(good, { stages: ['source'] });
    const key = fakeCell().key;
    expect(events).toEqual([
      { type: 'begin', id: key, title: 'tiny v1 on 9.1.0, x86_64, gcc-12, minimal' },
      { type: 'begin', id: `${key}/source`, title: 'source', parent: key },
      { type: 'end', id: `${key}/source`, verdict: 'good', text: expect.stringMatching(/^PASS \d+\.\d s$/) },
      { type: 'end', id: key, verdict: 'good', text: 'PASS' },
    ]);
  });
});

const from = (stage: StageName) => STAGES.slice(STAGES.indexOf(stage));
const AFTER_BUILD = from('build').slice(1);

it('tells what remains of a cell by what its stages took before, as they end', async () => {
  const runtimes = { of: (stage: StageName) => (stage === 'apply' ? 2 : stage === 'build' ? 60 : 5) };
  await runWith(good, { stages: ['build'], runtimes });
  const told = events.flatMap((event) =>
    event.type === 'update' && event.remaining !== undefined ? event.remaining : [],
  );
  expect(told).toEqual([72, 70, 65, 60, 0]);
});

describe('a stage that is not good', () => {
  it('leaves out those behind it, with the reason', async () => {
    const fail: Behaviour = async (stage) =>
      stage === 'apply' ? { verdict: 'FAIL', reason: 'conflict', outputs: {} } : {};
    expect(await verdicts(fail)).toEqual([
      ['source', 'PASS', null],
      ['apply', 'FAIL', 'conflict'],
      ...from('check').map((stage) => [stage, 'SKIP', 'apply ended with FAIL']),
    ]);
  });

  it('does not when it gave what they need', async () => {
    const fail: Behaviour = async (stage) =>
      stage === 'build' ? { verdict: 'FAIL', reason: 'a warning' } : {};
    const found = await verdicts(fail);
    expect(found?.slice(STAGES.indexOf('build'))).toEqual([
      ['build', 'FAIL', 'a warning'],
      ...AFTER_BUILD.map((stage) => [stage, 'PASS', null]),
    ]);
  });

  it('is an ERROR when the machine is at fault, and tried again', async () => {
    const broken: Behaviour = async (stage) => {
      if (stage === 'build')
        throw new EnvironmentError({ code: 'disk-full', message: 'no room', next: 'make some' });
      return {};
    };
    expect((await verdicts(broken))?.slice(STAGES.indexOf('build'))).toEqual([
      ['build', 'ERROR', 'no room; make some'],
      ...AFTER_BUILD.map((stage) => [stage, 'SKIP', 'build ended with ERROR']),
    ]);
    did.length = 0;
    expect((await runWith(good)).verdict).toBe('PASS');
    expect(did).toEqual(from('build'));
  });

  it('is tried again when a faster machine might have judged otherwise', async () => {
    const slow: Behaviour = async (stage) =>
      stage === 'boot' ? { verdict: 'FAIL', reason: 'not ready in time', hurried: true, outputs: {} } : {};
    expect((await runWith(slow)).verdict).toBe('FAIL');
    did.length = 0;
    expect((await runWith(good)).verdict).toBe('PASS');
    expect(did).toEqual(from('boot'));
  });

  it.each([
    ['wrong input', new UserError({ code: 'x', message: 'x' })],
    ['an interruption', new Interrupted('SIGINT')],
  ])('is not swallowed when it is %s', async (_, error) => {
    const broken: Behaviour = async (stage) => {
      if (stage === 'check') throw error;
      return {};
    };
    await expect(runWith(broken)).rejects.toBe(error);
    expect(await readdir(state.path('runs'))).toEqual([]);
  });

  it.each([
    ['a bug', new TypeError('oh'), 'an error of uio-msi itself, with its stack in the log: oh'],
    [
      'a full disk',
      Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
      'no space is left on the disk; ENOSPC: no space left on device, write',
    ],
  ])('that is %s ends its cell alone, with an ERROR', async (what, error, reason) => {
    const cells = [fakeCell('9.1.0'), fakeCell('9.0.7')];
    const table = fakeStages(good).map((stage) => ({
      ...stage,
      run: async (...[inputs, ctx]: Parameters<typeof stage.run>) => {
        if (stage.name === 'check' && inputs.planned === cells[0]) throw error;
        return stage.run(inputs, ctx);
      },
    }));
    const result = await runWith(good, { cells, table });
    expect(result.cells.map(({ verdict }) => verdict)).toEqual(['ERROR', 'PASS']);
    const broken = result.cells[0]?.stages.find(({ stage }) => stage === 'check');
    expect(broken).toMatchObject({ verdict: 'ERROR', reason: expect.stringContaining(reason) });
    if (what === 'a bug')
      expect(await readFile(state.path(broken?.log ?? ''), 'utf8')).toContain('TypeError: oh\n    at ');
  });
});

describe('kill -9', () => {
  const source = fileURLToPath(new URL('../../test/killed-run.ts', import.meta.url));
  const script = () => state.path('killed-run.mjs');
  const start = (...args: string[]) =>
    spawn(process.execPath, [script(), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const finish = async (...args: string[]) => {
    const child = start(...args);
    let output = '';
    for await (const chunk of child.stdout) output += chunk;
    return output;
  };
  beforeEach(async () => {
    const require =
      "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);";
    await build({
      entryPoints: [source],
      outfile: script(),
      bundle: true,
      platform: 'node',
      format: 'esm',
      conditions: ['@uio-msi/source'],
      banner: { js: require },
    });
  });

  it('in any stage costs that stage alone', { timeout: 180_000 }, async () => {
    const undisturbed = await finish(state.path('undisturbed'), '/dev/null');
    expect(undisturbed).toContain('PASS');
    const log = state.path('did');
    await writeFile(log, '');
    for (const stage of STAGES) {
      const child = start(state.path('state'), log, stage);
      await expect.poll(() => readFile(log, 'utf8'), { timeout: 20_000 }).toMatch(new RegExp(`${stage}\n$`));
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('exit', resolve));
    }
    expect(await finish(state.path('state'), log)).toBe(undisturbed);
    const begun = (await readFile(log, 'utf8')).trim().split('\n');
    // Each was killed once, and done once: by the run that came to the next.
    expect(begun).toEqual(STAGES.flatMap((stage) => [stage, stage]));
  });
});

it.each([
  ['PASS', 0],
  ['DONE', 0],
  ['SKIP', 3],
  ['FAIL', 1],
  ['ERROR', 3],
  ['MISS', 3],
] as const)('ends with the exit code for %s: %i', (verdict, code) => {
  expect(exitCodeOf(verdict)).toBe(code);
});
