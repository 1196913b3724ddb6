// SPDX-License-Identifier: MIT
import { readdir } from 'node:fs/promises';
import { readIfThere, type State, writeAtomic } from '@uio-msi/host';
import { type RunResult, UserError } from '@uio-msi/model';
import { isRunId } from './run-id.js';

/** The folder of a run: `run.json`, its reports, and the logs that are not in the ledger. */
export const runFolder = (state: State, run: string): string => state.path('runs', run);

const resultFile = (state: State, run: string): string => state.path('runs', run, 'run.json');

/** Writes a run's result, whole or not at all. */
export const writeRun = (state: State, result: RunResult): Promise<void> =>
  writeAtomic(resultFile(state, result.run), `${JSON.stringify(result, null, 2)}\n`);

/** The names of the runs that came to their end, newest first. */
export const listRuns = async (state: State): Promise<readonly string[]> => {
  const names = await readdir(state.path('runs')).catch(() => []);
  const ids = names.filter(isRunId).sort().reverse();
  const texts = await Promise.all(ids.map((id) => readIfThere(resultFile(state, id))));
  return ids.filter((_, at) => texts[at] !== null);
};

/**
 * Reads a run's result.
 *
 * @param run its name; null for the newest
 * @throws {UserError} `unknown-run`, `no-run`
 */
export const readRun = async (state: State, run: string | null): Promise<RunResult> => {
  const name = run ?? (await listRuns(state))[0];
  if (name === undefined)
    throw new UserError({
      code: 'no-run',
      message: 'there is no run yet',
      next: 'start one: ./uio-msi check',
    });
  const text = isRunId(name) ? await readIfThere(resultFile(state, name)) : null;
  if (text === null) {
    const known = (await listRuns(state)).slice(0, 5).join(', ');
    const next = known === '' ? 'there is none yet: ./uio-msi check' : `the newest are: ${known}`;
    throw new UserError({ code: 'unknown-run', message: `${name}: no such run`, next });
  }
  return JSON.parse(text) as RunResult;
};
