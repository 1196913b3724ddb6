// SPDX-License-Identifier: MIT
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * What vitest does before the tests of a package, and gives back for after them: all they leave in
 * the folder for temporary files goes when they end.
 */
export const setup = async (): Promise<() => Promise<void>> => {
  const before = process.env['TMPDIR'];
  const folder = await mkdtemp(join(tmpdir(), 'uio-msi-tests-'));
  process.env['TMPDIR'] = folder; // the workers, which are started later, have it too
  return async () => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    await rm(folder, { recursive: true, force: true });
  };
};
