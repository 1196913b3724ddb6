// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { run } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';
import type { Headers } from './headers.js';

/** A key that the kernel trusts, or will: Documentation/admin-guide/module-signing.rst. */
export interface SigningKey {
  /** PEM. */
  readonly key: string;
  /** DER or PEM. */
  readonly certificate: string;
}

/**
 * Signs a module with the program that comes with the kernel's headers.
 *
 * @throws {EnvironmentError} `module-not-signed`
 */
export const sign = async (
  module: string,
  headers: Headers,
  { key, certificate }: SigningKey,
  signal?: AbortSignal,
): Promise<void> => {
  const program = join(headers.dir, 'scripts/sign-file');
  const { exitCode, stderr } = await run(program, ['sha256', key, certificate, module], { signal });
  if (exitCode === 0) return;
  throw new EnvironmentError({
    code: 'module-not-signed',
    message: `${module} could not be signed`,
    why: stderr.trim().split('\n').at(-1) || undefined,
    next: 'look at the key and the certificate: docs/vendor.md, "Secure Boot"',
  });
};
