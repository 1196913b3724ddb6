// SPDX-License-Identifier: MIT
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Progress, type RunResult, UserError } from '@uio-msi/model';
import { readRunResult } from '@uio-msi/report';

/** A result that another machine brought. */
export interface Brought {
  readonly run: RunResult;
  /** The folder of its run, with its report; null for JSON alone. */
  readonly dir: string | null;
}

/** Whether a run is named by its path: what has a slash or ends like a file is none of our names. Pure. */
export const isPath = (name: string): boolean => name.includes('/') || name.endsWith('.json');

const missing = (
  path: string,
  why = 'it is neither the JSON of a run nor a folder with run.json in it',
): UserError =>
  new UserError({
    code: 'no-result',
    message: `${path}: there is no result of a run`,
    why,
    next: 'name what `--json` wrote, a folder of linux-tree/state/runs, or its report',
  });

/**
 * Reads a result that another machine, or another run, left: a folder with `run.json`, or a file that `--json` wrote.
 *
 * @throws {UserError} `no-result`, `bad-result`
 */
export const openResult = async (given: string): Promise<Brought> => {
  const path = resolve(given);
  const isFolder = await isDirectory(path);
  if (isFolder === null) throw missing(given);
  const file = isFolder ? join(path, 'run.json') : path;
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw missing(given, error.code === 'ENOENT' ? undefined : error.message);
  });
  return { run: readResult(text, given), dir: isFolder ? path : null };
};

/** The same; null, with a note, for what cannot be read. */
export const openOrLeaveOut = (path: string, progress: Progress): Promise<Brought | null> =>
  openResult(path).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    progress({ type: 'note', text: `left out: ${[error.message, error.why].filter(Boolean).join(': ')}` });
    return null;
  });

/**
 * Where the results are that paths mean: a folder that is not a run's has some, at any depth, or none.
 *
 * @throws {UserError} `no-result` for a path that is not there
 */
export const resultsIn = async (given: readonly string[]): Promise<readonly string[]> =>
  (await Promise.all(given.map(inOne))).flat();

const inOne = async (given: string): Promise<readonly string[]> => {
  if (!(await isDirectory(given))) return [given];
  const entries = await readdir(given, { withFileTypes: true });
  if (entries.some(({ name }) => name === 'run.json')) return [given];
  const inside = entries.filter((entry) => entry.isDirectory() || entry.name.endsWith('.json'));
  return resultsIn(inside.map(({ name }) => join(given, name)).sort());
};

const isDirectory = (path: string): Promise<boolean | null> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => null,
  );

const readResult = (text: string, given: string): RunResult => {
  try {
    return readRunResult(text, given);
  } catch (error) {
    const complaint = complaintIn(text);
    if (complaint === null) throw error;
    throw new UserError({
      code: 'bad-result',
      message: `${given}: the command that wrote it ended with an error`,
      why: complaint,
      next: 'see what it printed where it ran',
    });
  }
};

// `--json` has the error of a command that could not do its work.
const complaintIn = (text: string): string | null => {
  try {
    const { message } = Object(Object(JSON.parse(text)).error);
    return typeof message === 'string' ? message : null;
  } catch {
    return null;
  }
};
