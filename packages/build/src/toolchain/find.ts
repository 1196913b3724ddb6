// SPDX-License-Identifier: MIT
import { run } from '@uio-msi/host';
import { EnvironmentError, UserError } from '@uio-msi/model';
import { FAMILIES, type Family } from './families.js';

/** A compiler that is there. */
export interface Toolchain {
  /** Family and major version: `gcc-12`. */
  readonly name: string;
  /** As the compiler says it: `12.2.0`. */
  readonly version: string;
  /** What to call: `gcc-12`, or `gcc` when that is of this version. */
  readonly command: string;
  readonly family: string;
}

/**
 * Finds a compiler by asking it for its version.
 *
 * @param name `gcc`, `gcc-12`; null for whatever version the default family has here
 * @throws {UserError} `unknown-toolchain` when there is no such family
 * @throws {EnvironmentError} `no-toolchain` when it is not installed, with the package to install
 */
export const findToolchain = async (name: string | null): Promise<Toolchain> => {
  const [, word, major] = /^([a-z]+)(?:-(\d+))?$/.exec(name ?? FAMILIES[0].name) ?? [];
  const family = FAMILIES.find((known) => known.name === word);
  if (!family) throw unknown(name);
  const commands = major ? [`${family.name}-${major}`, family.name] : [family.name];
  for (const command of commands) {
    const version = await versionOf(command, family);
    const found = version?.split('.')[0];
    if (!version || (major && found !== major)) continue;
    return { name: `${family.name}-${found}`, version, command, family: family.name };
  }
  throw missing(commands[0] ?? family.name, family);
};

const versionOf = async (command: string, family: Family): Promise<string | null> => {
  try {
    const { exitCode, stdout } = await run(command, family.version);
    const version = stdout.trim();
    return exitCode === 0 && /^\d+(\.\d+)*$/.test(version) ? version : null;
  } catch (error) {
    if (error instanceof EnvironmentError) return null;
    throw error;
  }
};

const unknown = (name: string | null): UserError =>
  new UserError({
    code: 'unknown-toolchain',
    message: `there is no toolchain ${name}`,
    next: `choose one of: ${FAMILIES.map((family) => family.name).join(', ')}, with a major version if you like: gcc-12`,
  });

// Setup installs the family's default version alone.
const missing = (packageName: string, { name }: Family): EnvironmentError =>
  new EnvironmentError({
    code: 'no-toolchain',
    message: `the compiler ${packageName} is not installed`,
    next:
      packageName === name
        ? 'run ./uio-msi setup'
        : `apt-get install ${packageName}, or take the version that is here: --toolchain ${name}`,
  });
