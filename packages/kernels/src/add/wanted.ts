// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';

/** What is to be added: a line, of which the newest is meant, or one version. */
export interface Wanted {
  readonly name: string;
  /** The line it will stand for. */
  readonly line: string;
  /** What versions to ask a long list for, as a glob: all that are meant, and perhaps others. */
  readonly glob: string;
  /** Whether a version is meant. */
  readonly matches: (version: string) => boolean;
}

interface Kind {
  /** Names of one version, or of a line. */
  readonly form: RegExp;
  readonly line: (name: string) => string;
  readonly glob: (name: string) => string;
  readonly matches: (version: string, name: string) => boolean;
}

const isRelease = (version: string, line: string): boolean =>
  version === line || (version.startsWith(`${line}.`) && !version.includes('-'));

const exactly = {
  glob: (name: string) => `${name}*`,
  matches: (version: string, name: string) => version === name,
};

const KINDS: readonly Kind[] = [
  // A tag of linux-next for each working day: next-20261120.
  { form: /^next$/, line: (name) => name, glob: () => 'next-*', matches: (v) => /^next-\d{8}$/.test(v) },
  // Of mainline are candidates, and the release that ends them until the next one's first is there.
  {
    form: /^mainline$/,
    line: (name) => name,
    glob: () => '[0-9]*',
    matches: (version) => /^\d+\.\d+(-rc\d+)?$/.test(version),
  },
  { form: /^\d+\.\d+$/, line: (name) => name, glob: (name) => `${name}*`, matches: isRelease },
  { form: /^next-\d{8}$/, line: () => 'next', ...exactly },
  { form: /^\d+\.\d+(\.\d+)?-rc\d+$/, line: () => 'mainline', ...exactly },
  { form: /^\d+\.\d+\.\d+$/, line: (name) => name.split('.').slice(0, 2).join('.'), ...exactly },
];

/**
 * Reads what `kernels add` is asked for: `7.1`, `mainline`, `next`, of which the newest is meant, or
 * `7.1.13`, `7.3-rc2`, `next-20261120`.
 *
 * @throws {UserError} `unknown-kernel` for anything else
 */
export const wantedKernel = (name: string): Wanted => {
  const kind = KINDS.find(({ form }) => form.test(name));
  if (!kind)
    throw new UserError({
      code: 'unknown-kernel',
      message: `"${name}" is no kernel`,
      next: 'give a line such as 7.1, mainline or next, or a version such as 7.1.13, 7.3-rc2 or next-20261120',
    });
  return {
    name,
    line: kind.line(name),
    glob: kind.glob(name),
    matches: (version) => kind.matches(version, name),
  };
};
