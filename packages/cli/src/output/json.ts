// SPDX-License-Identifier: MIT
import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
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
  const trial = `${resolve(target)}.${randomBytes(6).toString('hex')}.tmp`;
  await writeFile(trial, '', { flag: 'wx' }).catch((error: Error) => notWritten(target, error));
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
