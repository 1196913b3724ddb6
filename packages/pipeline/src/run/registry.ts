// SPDX-License-Identifier: MIT
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere, type State, withLock, writeAtomic } from '@uio-msi/host';
import { isRunId, runId } from './run-id.js';

/** A run under way. */
export interface BegunRun {
  readonly run: string;
  /** One more than that of any run of the state folder: the order of runs whatever the clock says. */
  readonly sequence: number;
}

/** The folder of a run: `run.json`, its reports, and the logs that are not in the ledger. */
export const runFolder = (state: State, run: string): string => state.path('runs', run);

/** The file whose lock says that a run is under way. */
export const runLock = (state: State, run: string): string => join(runFolder(state, run), 'lock');

/** The names of all runs, whatever became of them, and their places in the order, newest first. */
export const allRuns = async (state: State): Promise<readonly BegunRun[]> => {
  const names = await readdir(state.path('runs')).catch(() => []);
  const runs = names.filter(isRunId).map(async (run) => {
    const text = await readIfThere(join(runFolder(state, run), 'sequence'));
    return { run, sequence: Number(text ?? 0) || 0 };
  });
  // Runs of before there were numbers are in the order of their names, behind the others.
  return (await Promise.all(runs)).sort((a, b) => b.sequence - a.sequence || (a.run < b.run ? 1 : -1));
};

/** Keeps others from beginning or removing runs while `work` is done. */
export const withRegistry = <T>(state: State, work: () => Promise<T>): Promise<T> =>
  withLock(state.path('locks', 'runs'), work);

/**
 * Does the work of a run in a folder of its own, which others know to be in use until it ends.
 * When the work fails, the folder goes.
 */
export const withRun = async <T>(
  state: State,
  started: Date,
  work: (begun: BegunRun) => Promise<T>,
): Promise<T> => {
  const { result } = await withRegistry(state, async () => {
    const begun = await begin(state, started);
    // Held before the registry is open again: nobody finds the folder without its lock.
    return new Promise<{ result: Promise<T> }>((resolve, reject) => {
      const whenHeld = () => {
        resolve({ result });
        return work(begun);
      };
      const result = withLock(runLock(state, begun.run), whenHeld).then(
        async (value) => {
          await rm(runLock(state, begun.run), { force: true });
          return value;
        },
        async (error: unknown) => {
          await rm(runFolder(state, begun.run), { recursive: true, force: true });
          throw error;
        },
      );
      result.catch(reject);
    });
  });
  return result;
};

const begin = async (state: State, started: Date): Promise<BegunRun> => enter(state, runId(started));

/** Gives a run that was made elsewhere its place in the order, as the newest. */
export const enterRun = (state: State, run: string): Promise<BegunRun> =>
  withRegistry(state, () => enter(state, run));

const enter = async (state: State, run: string): Promise<BegunRun> => {
  const [newest] = await allRuns(state);
  const entered = { run, sequence: (newest?.sequence ?? 0) + 1 };
  await mkdir(runFolder(state, run), { recursive: true });
  await writeAtomic(join(runFolder(state, run), 'sequence'), `${entered.sequence}\n`);
  return entered;
};
