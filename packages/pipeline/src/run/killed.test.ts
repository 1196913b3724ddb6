// SPDX-License-Identifier: MIT
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openState, run, type State } from '@uio-msi/host';
import { build } from 'esbuild';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { prune } from '../history/prune.js';
import { parseEntry } from '../ledger/entry.js';
import { allRuns } from './registry.js';
import { listRuns } from './store.js';

const KILLS = 20;

let bundled: string;
let script: string;
let folder: string;
let undisturbed: Awaited<ReturnType<typeof finish>>;
beforeAll(async () => {
  bundled = await mkdtemp(join(tmpdir(), 'uio-msi-killed-'));
  script = join(bundled, 'killed-nightly.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('../../test/killed-nightly.ts', import.meta.url))],
    outfile: script,
    ...{ bundle: true, platform: 'node', format: 'esm', conditions: ['@uio-msi/source'] },
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  });
  undisturbed = await finish(join(bundled, 'undisturbed'), '/dev/null');
}, 60_000);
afterAll(() => rm(bundled, { recursive: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(bundled, 'test-'));
});

const start = (state: string, begun: string) =>
  spawn(process.execPath, [script, state, begun], { stdio: ['ignore', 'pipe', 'inherit'] });
const finish = async (state: string, begun: string) => {
  const child = start(state, begun);
  let output = '';
  for await (const chunk of child.stdout) output += chunk;
  return JSON.parse(output) as { readonly run: string; readonly cells: unknown };
};

/** What the ledger has, as `cell stage`. */
const done = async (state: State): Promise<ReadonlySet<string>> => {
  const files = await readdir(state.path('ledger'), { recursive: true }).catch(() => []);
  const entries = files.filter((file) => file.endsWith('.json'));
  const texts = await Promise.all(entries.map((file) => readFile(state.path('ledger', file), 'utf8')));
  return new Set(
    texts.map((text) => {
      const outputs = parseEntry(text)?.outputs;
      return `${outputs?.['cell']} ${outputs?.['stage']}`;
    }),
  );
};

it(`kill -9 ${KILLS} times at any moment, then once to the end: as if nothing had been, and nothing twice`, {
  timeout: 180_000,
}, async () => {
  const state = await openState(join(folder, 'state'));
  const begun = join(folder, 'begun');
  const twice: string[] = [];
  const once = async (work: () => Promise<unknown>) => {
    const known = await done(state);
    await writeFile(begun, '');
    await work();
    const lines = (await readFile(begun, 'utf8')).split('\n');
    twice.push(...lines.filter((line) => known.has(line)));
  };
  for (let kill = 0; kill < KILLS; kill += 1)
    await once(async () => {
      const child = start(state.dir, begun);
      const exit = new Promise((resolve) => child.once('exit', resolve));
      await sleep(150 + Math.random() * 400);
      child.kill('SIGKILL');
      await exit;
    });
  let last = undisturbed;
  await once(async () => {
    last = await finish(state.dir, begun);
  });
  expect(last.cells).toEqual(undisturbed.cells);
  expect(twice).toEqual([]);
  expect((await listRuns(state))[0]).toBe(last.run);

  const before = (await allRuns(state)).length;
  const ended = (await listRuns(state)).length;
  const { litter } = await prune(state, { days: 1, runs: 20 });
  // A run that ended may have left a temporary file, too: what goes whole are those that did not.
  expect(litter.filter((path) => /^runs\/2[^/]*$/.test(path))).toHaveLength(before - ended);
  expect((await allRuns(state)).map(({ run }) => run)).toEqual(await listRuns(state));
});

it.each([0, 4, 12, 30])(
  'a disk that is full after %i writes: no half entry, and what was kept is not done again',
  {
    timeout: 60_000,
  },
  async (writes) => {
    const state = await openState(join(folder, 'state'));
    const begun = join(folder, 'begun');
    const full = join(folder, 'full-disk.so');
    const source = fileURLToPath(new URL('../../test/full-disk.c', import.meta.url));
    expect(await run('gcc', ['-shared', '-fPIC', '-o', full, source])).toMatchObject({ exitCode: 0 });
    const env = { LD_PRELOAD: full, FULL_UNDER: state.dir, FULL_AFTER: `${writes}` };
    const { stdout, stderr } = await run(process.execPath, [script, state.dir, begun], { env });
    // What could not be kept is an ERROR of its cell; a run that cannot be written at all says so.
    expect(stdout + stderr).toMatch(/"ERROR"|no space is left on the disk/);
    const known = await done(state);
    expect([...known].filter((entry) => entry.includes('undefined'))).toEqual([]);
    await writeFile(begun, '');
    const last = await finish(state.dir, begun);
    expect(last.cells).toEqual(undisturbed.cells);
    const lines = (await readFile(begun, 'utf8')).split('\n');
    expect(lines.filter((line) => known.has(line))).toEqual([]);
  },
);

it('two at once: each has its place in the order, and what one did the other does not', {
  timeout: 60_000,
}, async () => {
  const state = await openState(join(folder, 'state'));
  const begun = join(folder, 'begun');
  const both = await Promise.all([finish(state.dir, begun), finish(state.dir, begun)]);
  expect(both[0]?.cells).toEqual(both[1]?.cells);
  const lines = (await readFile(begun, 'utf8')).trim().split('\n');
  expect(new Set(lines).size).toBe(lines.length);
  const runs = await allRuns(state);
  expect(runs.map(({ sequence }) => sequence)).toEqual([2, 1]);
  expect(runs.map(({ run }) => run).sort()).toEqual(both.map(({ run }) => run).sort());
});
