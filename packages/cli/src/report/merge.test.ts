// SPDX-License-Identifier: MIT
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState, type State } from '@uio-msi/host';
import { type ProgressEvent, type RunResult, silent } from '@uio-msi/model';
import { listRuns, readRun, runFolder, writeRun } from '@uio-msi/pipeline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOG, result } from '../../testing/result.js';
import type { World } from '../world/world.js';
import { nameLatest } from './latest.js';
import { mergeResults } from './merge.js';
import { showReport } from './show.js';
import { showMerged } from './whole.js';
import { writeReport } from './write.js';

let dir: string;
let state: State;
let world: World;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'uio-msi-merge-'));
  state = await openState(join(dir, 'here'));
  world = {
    ...{
      root: '/',
      stateDir: state.dir,
      openState: async () => state,
      progress: silent,
      color: false,
      commandLine: './uio-msi report merge',
    },
    caller: { yes: false, terminal: false, root: false, ask: async () => false },
    signal: new AbortController().signal,
  };
});
afterEach(() => rm(dir, { recursive: true }));

// What a machine leaves behind: the folder of a run, as a build server keeps it.
const machine = async (name: string, run: RunResult): Promise<string> => {
  const other = await openState(join(dir, name));
  await mkdir(other.path('runs'), { recursive: true });
  await writeFile(other.path(LOG), `built on ${name}\n`);
  await writeRun(other, run);
  await writeReport(other, run);
  const kept = join(dir, 'artefacts', name);
  await cp(runFolder(other, run.run), kept, { recursive: true });
  await rm(other.dir, { recursive: true });
  return kept;
};

describe('report merge', () => {
  it('makes a run of what two machines gave, with the logs of each', async () => {
    const one = await machine('one', result('20261122T081500Z-0001', 'PASS'));
    const two = await machine('two', result('20261122T081500Z-0002', 'FAIL', '6.12.1'));
    const { run: merged } = await mergeResults([one, two], world);
    expect(await readRun(state, merged.run)).toEqual(merged);
    expect(merged.verdict).toBe('FAIL');
    const logs = await Promise.all(
      merged.cells.map(({ stages }) => readFile(state.path(stages[0]?.log ?? ''), 'utf8')),
    );
    expect(logs).toEqual(['built on one\n', 'built on two\n']);
    for (const name of [merged.run, 'last', null])
      expect((await showReport(name, {}, world)).json.run).toBe(merged.run);
    expect(await readdir(join(runFolder(state, merged.run), 'report/cells'))).toHaveLength(2);
  });

  it('takes JSON as well, the worst of one cell, and tells of the other', async () => {
    const paths = [result('20261122T081500Z-0001', 'PASS'), result('20261122T081500Z-0002', 'FAIL')].map(
      async (run, at) => {
        await writeFile(join(dir, `${at}.json`), JSON.stringify(run));
        return join(dir, `${at}.json`);
      },
    );
    const { run: merged } = await mergeResults(await Promise.all(paths), world);
    expect(merged.cells).toMatchObject([
      { verdict: 'FAIL', from: '20261122T081500Z-0002', others: [{ verdict: 'PASS' }] },
    ]);
    expect(merged.cells[0]?.stages[0]?.log).toBeNull();
  });

  it.each([
    ['other-content', { content: 'beef' }],
    ['bad-result', { version: 2 }],
  ])('leaves nothing behind when it is refused: %s', async (code, changes) => {
    const one = await machine('one', result('20261122T081500Z-0001', 'PASS'));
    await writeFile(
      join(dir, 'two.json'),
      JSON.stringify({ ...result('20261122T081500Z-0002', 'PASS'), ...changes }),
    );
    await expect(mergeResults([one, join(dir, 'two.json')], world)).rejects.toMatchObject({ code });
    expect(await listRuns(state)).toEqual([]);
  });

  it('leaves nothing behind when its report cannot be written', async () => {
    const one = await machine('one', result('20261122T081500Z-0001', 'PASS'));
    const two = await machine('two', result('20261122T081500Z-0002', 'PASS', '6.12.1'));
    const shown = showMerged([one, two], { origin: 'Not An Origin', failOn: 'new' }, world);
    await expect(shown).rejects.toMatchObject({ code: 'bad-origin' });
    expect(await listRuns(state)).toEqual([]);
  });

  it('takes no log by a link, which may lead to anything here', async () => {
    await writeFile(join(dir, 'secret'), 'of this machine\n');
    const one = await machine('one', result('20261122T081500Z-0001', 'PASS'));
    const two = await machine('two', result('20261122T081500Z-0002', 'PASS', '6.12.1'));
    const log = join(two, 'report/logs', '6.12.1-x86_64-gcc-12-minimal-build.txt');
    await rm(log);
    await symlink(join(dir, 'secret'), log);
    const { cells } = (await mergeResults([one, two], world)).run;
    expect(cells.map(({ stages }) => stages[0]?.log === null)).toEqual([false, true]);
  });

  it('says what it cannot find, and wants something', async () => {
    await expect(mergeResults([join(dir, 'gone'), dir], world)).rejects.toMatchObject({ code: 'no-result' });
    const one = await machine('one', result('20261122T081500Z-0001', 'PASS'));
    await expect(mergeResults([], world)).rejects.toMatchObject({ code: 'nothing-to-merge' });
    await mkdir(join(dir, 'odd', 'run.json'), { recursive: true });
    const odd = { code: 'no-result', why: expect.stringContaining('EISDIR') };
    await expect(mergeResults([one, join(dir, 'odd')], world)).rejects.toMatchObject(odd);
    const gone = { code: 'bad-plan', message: expect.stringContaining('cannot be read') };
    await expect(mergeResults([one], world, { plan: join(dir, 'gone') })).rejects.toMatchObject(gone);
  });
});

describe('a report', () => {
  const page = async (run: string) => readFile(join(runFolder(state, run), 'report/index.html'), 'utf8');

  it('compares a run with the last that tried the same, and leads to it', async () => {
    for (const run of [
      result('20261120T081500Z-0001', 'PASS'),
      result('20261121T081500Z-0002', 'PASS', '7.2.6', { series: 'other' }),
      result('20261122T081500Z-0003', 'FAIL'),
    ]) {
      await writeRun(state, run);
      await writeReport(state, run);
    }
    const text = await page('20261122T081500Z-0003');
    expect(text).toContain('1 regression');
    expect(text).toContain('href="../../20261120T081500Z-0001/report/index.html"');
    expect(text).not.toContain('20261121T081500Z-0002');
    expect(await page('20261120T081500Z-0001')).toContain('Nothing fails');
  });

  it('is written by several at once, and is that of one of them', async () => {
    const run = result('20261122T081500Z-0001', 'PASS');
    await writeRun(state, run);
    await Promise.all(Array.from({ length: 12 }, () => writeReport(state, run)));
    expect(await page(run.run)).toContain('Nothing fails');
  });

  it('is the latest when it is named so, however often', async () => {
    for (const run of [result('20261120T081500Z-0001', 'PASS'), result('20261121T081500Z-0002', 'FAIL')]) {
      await writeRun(state, run);
      await nameLatest(state, await writeReport(state, run), { progress: silent });
      expect(await readFile(state.path('latest', 'index.html'), 'utf8')).toContain(run.run);
    }
    expect((await readdir(state.dir)).filter((name) => name.startsWith('latest'))).toEqual(['latest']);
  });

  it('is there although nothing can be named latest, which is noted', async () => {
    await mkdir(state.path('latest/in-the-way'), { recursive: true });
    const notes: string[] = [];
    const progress = (event: ProgressEvent) => void (event.type === 'note' && notes.push(event.text));
    await nameLatest(state, state.path('runs/x/report'), { progress });
    expect(notes).toEqual([expect.stringContaining('does not lead to')]);
    expect((await readdir(state.dir)).filter((name) => name.startsWith('latest'))).toEqual(['latest']);
  });

  it('is whole or not there, also when it is written again', async () => {
    const run = result('20261122T081500Z-0001', 'PASS');
    await writeRun(state, run);
    await writeReport(state, run);
    await expect(writeReport(state, run, 'Not An Origin')).rejects.toMatchObject({ code: 'bad-origin' });
    expect(
      (await readdir(runFolder(state, run.run))).filter((name) => /^report(?!\.lock)/.test(name)),
    ).toEqual(['report']);
    expect(await page(run.run)).toContain('Nothing fails');
  });
});
