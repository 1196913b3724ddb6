// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';

/** What is to be added: a line, of which the newest is meant, or one version. */
export interface Wanted {
  readonly name: string;
  /** The line it will stand for. */
  readonly line: string;
  /** Whether a version is meant. */
  readonly matches: (version: string) => boolean;
}

const KINDS: readonly (readonly [form: RegExp, line: (name: string) => string])[] = [
  [/^next-\d{8}$/, () => 'next'],
  [/^\d+\.\d+(\.\d+)?-rc\d+$/, () => 'mainline'],
  [/^\d+\.\d+(\.\d+)?$/, (name) => name.split('.').slice(0, 2).join('.')],
];

/**
 * Reads what `kernels add` is asked for: `7.1`, `7.1.13`, `7.3-rc2`, `next-20261120`.
 *
 * @throws {UserError} `unknown-kernel` for anything else
 */
export const wantedKernel = (name: string): Wanted => {
  const kind = KINDS.find(([form]) => form.test(name));
  if (!kind)
    throw new UserError({
      code: 'unknown-kernel',
      message: `"${name}" is no kernel`,
      next: 'give a line such as 7.1, or a version such as 7.1.13, 7.3-rc2 or next-20261120',
    });
  const line = kind[1](name);
  const isLine = name === line;
  const matches = (version: string) =>
    version === name || (isLine && version.startsWith(`${name}.`) && !version.includes('-'));
  return { name, line, matches };
};
