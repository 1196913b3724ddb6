// SPDX-License-Identifier: MIT
import { randomBytes } from 'node:crypto';
import { rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UserError } from '@uio-msi/model';

/**
 * Writes a value as JSON to a file, or to standard output for `-`.
 *
 * @throws {UserError} `json-not-written` when the file cannot be written
 */
export const writeJson = async (target: string, value: unknown): Promise<void> => {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  if (target === '-') {
    process.stdout.write(text);
    return;
  }
  const { writeAtomic } = await import('@uio-msi/host');
  await writeAtomic(resolve(target), text).catch((error: Error) => notWritten(target, error));
};

/**
 * Sees that a file can be written where a result is to go, which may be there after hours.
 *
 * @throws {UserError} `json-not-written`
 */
export const requireJsonTarget = async (target: string): Promise<void> => {
  if (target === '-') return;
  const { makeFolder } = await import('@uio-msi/host');
  const path = resolve(target);
  const trial = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    if ((await stat(path).catch(() => null))?.isDirectory()) throw new Error('it is a folder');
    await makeFolder(dirname(path));
    await writeFile(trial, '', { flag: 'wx' });
  } catch (error) {
    notWritten(target, error as Error);
  }
  await rm(trial, { force: true });
};

const notWritten = (target: string, { message }: Error): never => {
  throw new UserError({
    code: 'json-not-written',
    message: `the result could not be written to ${target}`,
    why: message,
    next: 'name a file in a writable folder, or - for standard output',
  });
};
