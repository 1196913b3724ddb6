// SPDX-License-Identifier: MIT
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
  try {
    await writeAtomic(resolve(target), text);
  } catch (error) {
    throw new UserError({
      code: 'json-not-written',
      message: `the result could not be written to ${target}`,
      why: (error as Error).message,
      next: 'name a file in a writable folder, or - for standard output',
    });
  }
};
