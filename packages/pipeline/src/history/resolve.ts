// SPDX-License-Identifier: MIT
import type { State } from '@uio-msi/host';
import { type RunResult, UserError } from '@uio-msi/model';
import { listRuns, readRun, readSummary } from '../run/store.js';
import { goodRuns } from './good.js';

/**
 * A run of the state folder as a person names it: its name, `last`, `last~2` for the second before it, `last-good`.
 *
 * @throws {UserError} `no-run`, `unknown-run`, `damaged-run`
 */
export const resolveRun = async (state: State, name: string): Promise<RunResult> => {
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
  const [good] = goodRuns(whole.length > 0 ? whole : runs);
  if (good) return good.run;
  throw new UserError({
    code: 'no-run',
    message: 'no run that is kept was good',
    next: 'name one: ./uio-msi runs list',
  });
};
