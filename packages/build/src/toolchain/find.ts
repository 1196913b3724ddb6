// SPDX-License-Identifier: MIT
import { probeTools, run } from '@uio-msi/host';
import { EnvironmentError, UserError } from '@uio-msi/model';
import { type Arch, crossPrefix, findArch } from '../arch.js';
import { type Compiler, FAMILIES, type Family } from './families.js';

/** A compiler that is there. */
export interface Toolchain extends Compiler {
  /** Family and major version: `gcc-12`. */
  readonly name: string;
  /** As the compiler says it: `12.2.0`. */
  readonly version: string;
  readonly family: string;
}

/**
 * Finds a compiler by asking it for its version.
 *
 * @param name `gcc`, `gcc-12`, `clang`; null for whatever version the default family has here
 * @param arch what it is to compile for
 * @throws {UserError} `unknown-toolchain` when there is no such family
 * @throws {EnvironmentError} `no-toolchain` when it is not installed, with the package to install
 */
export const findToolchain = async (
  name: string | null,
  arch: Arch = findArch('x86_64'),
): Promise<Toolchain> => {
  const { family, major } = parseToolchain(name);
  const prefix = family.perArch ? crossPrefix(arch) : '';
  const suffixes = major ? [`-${major}`, ''] : [''];
  for (const suffix of suffixes) {
    const command = `${prefix}${family.name}${suffix}`;
    const version = await versionOf(command, family.version);
    const found = version?.split('.')[0];
    if (!version || (major && found !== major)) continue;
    const compiler = { command, suffix, prefix };
    const [, ...companions] = family.commands(compiler);
    const probed = await probeTools(companions.map((tool) => ({ ...tool, purpose: '' })));
    if (probed.some(({ path }) => path === null)) continue;
    return { name: `${family.name}-${found}`, version, ...compiler, family: family.name };
  }
  const suffix = suffixes[0] ?? '';
  throw missing(family, { command: `${prefix}${family.name}${suffix}`, suffix, prefix });
};

/**
 * The family of a toolchain and the major version that is wanted of it; nothing is asked of the machine.
 *
 * @throws {UserError} `unknown-toolchain`
 */
export const parseToolchain = (name: string | null): { family: Family; major: string | undefined } => {
  const [, word, major] = /^([a-z]+)(?:-(\d+))?$/.exec(name ?? FAMILIES[0].name) ?? [];
  const family = FAMILIES.find((known) => known.name === word);
  if (!family) throw unknown(name);
  return { family, major };
};

const versionOf = async (command: string, ask: readonly string[]): Promise<string | null> => {
  const version = (await said(command, ask))?.trim();
  return version !== undefined && /^\d+(\.\d+)*$/.test(version) ? version : null;
};

const said = async (command: string, ask: readonly string[]): Promise<string | null> => {
  try {
    const { exitCode, stdout } = await run(command, ask);
    return exitCode === 0 ? stdout : null;
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

const missing = (family: Family, compiler: Compiler): EnvironmentError => {
  const { suffix, prefix } = compiler;
  const packages = new Set(family.commands(compiler).map((tool) => tool.package));
  const install = `apt-get install ${[...packages].join(' ')}`;
  // Setup installs the default family's default version alone.
  const next = suffix === '' && prefix === '' && family === FAMILIES[0] ? 'run ./uio-msi setup' : install;
  return new EnvironmentError({
    code: 'no-toolchain',
    message: `the compiler ${compiler.command} is not installed`,
    next: suffix === '' ? next : `${next}, or take the version that is here: --toolchain ${family.name}`,
  });
};
