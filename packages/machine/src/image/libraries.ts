// SPDX-License-Identifier: MIT
import { run } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';

/** The paths in what ldd(1) prints: `name => /path (0x…)` and `/path (0x…)`; not the vDSO. */
export const parseLdd = (output: string): string[] =>
  output.split('\n').flatMap((line) => /(?:^|=>)\s*(\/\S+) \(0x[0-9a-f]+\)$/.exec(line)?.[1] ?? []);

/**
 * The shared libraries that a program needs, the loader included, by their paths here.
 *
 * @throws {EnvironmentError} `library-missing` when one is not installed
 */
export const librariesOf = async (program: string, signal?: AbortSignal): Promise<string[]> => {
  const { stdout } = await run('ldd', [program], { signal, env: { LC_ALL: 'C' } });
  const missing = /^\s*(\S+) => not found$/m.exec(stdout)?.[1];
  if (missing === undefined) return parseLdd(stdout);
  throw new EnvironmentError({
    code: 'library-missing',
    message: `${program} needs ${missing}, which is not installed`,
    next: `install the package that holds ${missing}, or put another Node.js first in PATH`,
  });
};
