// SPDX-License-Identifier: MIT
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { State } from '@uio-msi/host';
import { openBriefs } from '../ledger/entry.js';
import { readRun } from '../run/store.js';
import { noneWhenDamaged } from './earlier.js';
import type { LedgerFiles } from './unused.js';

/**
 * What was left of files that are made beside their place and renamed: by writeAtomic, keepArtefacts, for the
 * ledger's logs, as reports, and as the link to the latest of these. Paths relative to the state folder.
 */
export const temporaries = async (state: State): Promise<readonly string[]> => {
  const links = (await readdir(state.dir)).filter((name) => /^latest\..*\.tmp$/.test(name));
  const folders = ['artefacts', 'ledger', 'runs'];
  const found = folders.map(async (folder) => {
    const inside = await readdir(state.path(folder)).catch(() => []);
    const deeper = inside.map(async (name) => {
      if (folder === 'artefacts') return [join(folder, name)];
      const names = await readdir(state.path(folder, name)).catch(() => []);
      return names.map((one) => join(folder, name, one));
    });
    return (await Promise.all(deeper)).flat().filter((path) => path.endsWith('.tmp'));
  });
  const paths = (await Promise.all(found)).flat();
  const left = await Promise.all(paths.map(async (path) => !(await isBeingMade(state, path))));
  return [...links, ...paths.filter((_, at) => left[at])];
};

// A report is written behind the end of its run, and again whenever somebody asks for it: its run says nothing of that.
const REPORT_MS = 60 * 60 * 1000;

const isBeingMade = async (state: State, path: string): Promise<boolean> => {
  if (!path.startsWith('runs/')) return false;
  const made = await stat(state.path(path)).catch(() => null);
  return made !== null && Date.now() - made.mtimeMs < REPORT_MS;
};

/**
 * The artefacts of no build that is known: paths relative to the state folder.
 *
 * @param silent runs that do not say what of the ledger they relied on
 * @param results what stays in the ledger: what a killed run built is there, and in no run
 */
export const unnamedArtefacts = async (
  state: State,
  silent: readonly string[],
  results: readonly LedgerFiles[],
): Promise<readonly string[]> => {
  const builds = results.filter(({ entry }) => entry.startsWith('build/'));
  const readBrief = openBriefs();
  const named = new Set(
    builds.map(({ paths: [path = ''] }) => readBrief(state.path(path))?.outputs['artefacts']),
  );
  for (const run of silent) {
    const result = await readRun(state, run).catch(noneWhenDamaged);
    // Nobody knows which are its.
    if (result === null) return [];
    for (const { stages } of result.cells)
      for (const { outputs } of stages) if (outputs['artefacts']) named.add(outputs['artefacts']);
  }
  const there = await readdir(state.path('artefacts')).catch(() => []);
  return there
    .filter((name) => !name.endsWith('.tmp'))
    .map((name) => join('artefacts', name))
    .filter((path) => !named.has(path));
};
