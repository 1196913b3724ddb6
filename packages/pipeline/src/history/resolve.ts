// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { readJson, type State } from '@uio-msi/host';
import { type RunResult, UserError } from '@uio-msi/model';
import { listRuns, readRun, readSummary } from '../run/store.js';

/**
 * A run as a person names it: its name, `last`, `last~2` for the second before it, `last-good`, or
 * the path of a folder with a `run.json`, or of a file that `--json` wrote.
 *
 * @throws {UserError} `no-run`, `unknown-run`, `not-a-run`
 */
export const resolveRun = async (state: State, name: string): Promise<RunResult> => {
  if (name.includes('/') || name.endsWith('.json')) return readResult(name);
  const [last, back = '0'] = /^last(?:~(\d{1,4}))?$/.exec(name) ?? [];
  if (last !== undefined) {
    const names = await listRuns(state);
    // What is not there is told by the name that was given, unless there is nothing at all.
    return readRun(state, names[Number(back)] ?? (names.length === 0 ? null : name));
  }
  return readRun(state, name === 'last-good' ? await lastGood(state) : name);
};

const lastGood = async (state: State): Promise<string> => {
  for (const name of await listRuns(state))
    if ((await readSummary(state, name))?.verdict === 'PASS') return name;
  throw new UserError({
    code: 'no-run',
    message: 'no run that is kept was good',
    next: 'name one: ./uio-msi runs list',
  });
};

const readResult = async (path: string): Promise<RunResult> => {
  const value =
    (await readJson(path).catch(() => undefined)) ??
    (await readJson(join(path, 'run.json')).catch(() => undefined));
  const found = Object(value) as RunResult;
  if (found.version === 1 && typeof found.run === 'string' && Array.isArray(found.cells)) return found;
  throw new UserError({
    code: 'not-a-run',
    message: `${path} is not the result of a run`,
    next: 'name the folder of a run, or a file that --json wrote',
  });
};
