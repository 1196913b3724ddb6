// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { run } from '@uio-msi/host';
import { findMachine } from '@uio-msi/machine';
import { loadPrerequisites, loadSeries, type Patch } from '@uio-msi/series';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadMutants, MUTABLE, type Mutant, mutate, parseMutants } from './mutant.js';

const ROOT = resolve(import.meta.dirname, '../../../..');

// What other projects have beside what they export.
const load = <T>(path: string): Promise<T> => import(new URL(`../../../../${path}`, import.meta.url).href);

// The sources as the series leaves them, as far as its patches tell: what no hunk shows is padding.
let folder: string;
let mutants: readonly Mutant[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uio-msi-mutants-'));
  mutants = await loadMutants(join(ROOT, 'conformance/mutants'));
  const series = await loadSeries(join(ROOT, 'patches/uio_msi'));
  const all = [...(await loadPrerequisites(series)), series];
  const patches: readonly Patch[] = all.flatMap((one) => one.patches);
  const { preimage } = await load<{ preimage: (patches: readonly Patch[]) => Record<string, string> }>(
    'packages/series/testing/preimage.ts',
  );
  for (const [path, text] of Object.entries(preimage(patches))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  for (const { dir, patches: own } of all)
    for (const { file } of own) {
      const { exitCode, stderr } = await run('git', ['apply', '--unsafe-paths', join(dir, file)], {
        cwd: folder,
      });
      if (exitCode !== 0) throw new Error(stderr);
    }
});
afterAll(() => rm(folder, { recursive: true }));

it('are at least sixty, each with an id and a sentence of its own', () => {
  expect(mutants.length).toBeGreaterThanOrEqual(60);
  expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
  expect(new Set(mutants.map(({ wrong }) => wrong)).size).toBe(mutants.length);
  for (const { wrong } of mutants) expect(wrong).toMatch(/^(-|[A-Z]).*\.$/);
});

it('apply to the series, and change it', async () => {
  const sources = new Map(
    await Promise.all(
      MUTABLE.map(async (path) => [path, await readFile(join(folder, path), 'utf8')] as const),
    ),
  );
  const wrong = mutants.flatMap((mutant) => {
    const source = sources.get(mutant.file) ?? '';
    try {
      return mutate(source, mutant) === source ? [`${mutant.id}: changes nothing`] : [];
    } catch (error) {
      return [`${mutant.id}: ${(error as Error).message}`];
    }
  });
  expect(wrong).toEqual([]);
});

it('are claimed by cases that there are, in machines that there are', async () => {
  // No package depends on the suite, which runs in guests.
  const { CASES } = await load<{ CASES: readonly { id: string }[] }>('conformance/src/cases/table.ts');
  const known = CASES.map(({ id }) => id);
  expect(known).toEqual(expect.arrayContaining([...new Set(mutants.flatMap(({ caughtBy }) => caughtBy))]));
  for (const { machine } of mutants) expect(findMachine(machine).name).toBe(machine);
});

it.each([
  ['- id: A\n', 'id: must be lower case'],
  ['- id: a\n  wrong: It is.\n  from: x\n  to: y\n  caught-by: []\n', 'caught-by'],
  ['- id: a\n  wrong: It is.\n  from: x\n  to: y\n  caught-by: [a.b]\n  file: kernel/panic.c\n', 'file'],
  ['- {', 'conformance/mutants/README.md'],
])('are refused when their file is %j', (text, what) => {
  expect(() => parseMutants(text, 'x.yaml')).toThrow(expect.objectContaining({ code: 'mutants-invalid' }));
  try {
    parseMutants(text, 'x.yaml');
  } catch (error) {
    const { why, next } = error as { why: string; next: string };
    expect(`${why} ${next}`).toContain(what);
  }
});
