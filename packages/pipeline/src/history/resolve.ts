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

// What only some cells of a matrix passed says nothing of the rest: a whole tier counts, and where
// none was ever run, what somebody chose.
const lastGood = async (state: State): Promise<string> => {
  const all = await Promise.all((await listRuns(state)).map((name) => readSummary(state, name)));
  const runs = all.filter((summary) => summary !== null);
  const whole = runs.filter(({ tier, chosen = false }) => tier !== null && !chosen);
  const good = (whole.length > 0 ? whole : runs).find(({ verdict }) => verdict === 'PASS');
  if (good) return good.run;
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
