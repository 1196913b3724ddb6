// SPDX-License-Identifier: MIT
import { run } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';

/**
 * What modinfo(8) says of a module file: `series`, `vermagic`… The first of several with one name.
 *
 * @throws {EnvironmentError} `modinfo-failed`
 */
export const readModinfo = async (path: string): Promise<ReadonlyMap<string, string>> => {
  const { exitCode, stdout, stderr } = await run('/sbin/modinfo', ['-0', path], { env: { LC_ALL: 'C' } });
  if (exitCode !== 0)
    throw new EnvironmentError({
      code: 'modinfo-failed',
      message: `${path} is not a module that modinfo can read`,
      why: stderr.trim() || undefined,
    });
  const fields = stdout.split('\0').flatMap((line) => {
    const at = line.indexOf('=');
    return at === -1 ? [] : [[line.slice(0, at), line.slice(at + 1)] as const];
  });
  return new Map(fields.reverse());
};
