// SPDX-License-Identifier: MIT
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type RunResult, UserError } from '@uio-msi/model';
import { readRunResult } from '@uio-msi/report';

/** A result that another machine brought. */
export interface Brought {
  readonly run: RunResult;
  /** The folder of its run, with its report; null for JSON alone. */
  readonly dir: string | null;
}

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
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => null,
  );
  if (isFolder === null) throw missing(given);
  const file = isFolder ? join(path, 'run.json') : path;
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw missing(given, error.code === 'ENOENT' ? undefined : error.message);
  });
  return { run: readRunResult(text, given), dir: isFolder ? path : null };
};
