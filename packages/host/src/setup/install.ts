// SPDX-License-Identifier: MIT
import { EnvironmentError, type Progress } from '@uio-msi/model';
import { runAttached } from '../process/attached.js';
import { quote } from '../process/quote.js';
import { type Caller, mayInstall } from './consent.js';
import { probeTools } from './probe.js';
import type { Tool } from './tools.js';

/** What installing needs to know. */
export interface SetupContext {
  readonly caller: Caller;
  readonly progress: Progress;
  readonly signal?: AbortSignal | undefined;
}

/** The Debian packages of the tools that are missing, each once. */
export const missingPackages = async (tools: readonly Tool[]): Promise<string[]> => {
  const probed = await probeTools(tools);
  return [...new Set(probed.filter(({ path }) => path === null).map(({ tool }) => tool.package))];
};

/** The command that a person would type to install packages. */
export const installCommand = (packages: readonly string[], root: boolean): string =>
  `${root ? '' : 'sudo '}apt-get install --no-install-recommends ${packages.join(' ')}`;

/**
 * Installs what is missing of the given tools through apt-get, with consent.
 *
 * @returns the packages installed; empty when nothing was missing
 * @throws {EnvironmentError} `tools-missing` when there is no apt-get or no consent,
 *   `apt-failed` when apt-get failed or brought something else than expected
 */
export const installMissing = async (tools: readonly Tool[], ctx: SetupContext): Promise<string[]> => {
  const packages = await missingPackages(tools);
  if (packages.length === 0) return [];
  const message = `missing: ${packages.join(' ')}`;
  const next = `run ./uio-msi setup --yes, or: ${installCommand(packages, ctx.caller.root)}`;
  const [apt] = await probeTools([{ name: 'apt-get', package: 'apt', purpose: 'installing' }]);
  if (!apt?.path)
    throw new EnvironmentError({
      code: 'tools-missing',
      message,
      why: 'there is no apt-get on this machine to install them with',
      next: 'install what gives these Debian packages here, then run this again',
    });
  if (!(await mayInstall(ctx.caller, packages)))
    throw new EnvironmentError({
      code: 'tools-missing',
      message,
      why: 'nobody agreed to install them',
      next,
    });

  ctx.progress({ type: 'note', text: `Installing with apt-get: ${packages.join(' ')}` });
  await aptGet(['update', '-q'], ctx);
  await aptGet(['install', '-y', '-q', '--no-install-recommends', ...packages], ctx);
  const still = await missingPackages(tools);
  if (still.length === 0) return packages;
  throw new EnvironmentError({
    code: 'apt-failed',
    message: `still missing after apt-get: ${still.join(' ')}`,
    next: 'run ./uio-msi doctor',
  });
};

// apt waits for another apt's lock instead of failing at once, for at most this long.
const LOCK_WAIT_SECONDS = 300;

const aptGet = async (args: readonly string[], ctx: SetupContext): Promise<void> => {
  const command = ['apt-get', '-o', `DPkg::Lock::Timeout=${LOCK_WAIT_SECONDS}`, ...args];
  const environment = ['env', 'DEBIAN_FRONTEND=noninteractive', 'LC_ALL=C.UTF-8'];
  const [name = '', ...rest] = ctx.caller.root
    ? [...environment, ...command]
    : ['sudo', ...environment, ...command];
  if ((await runAttached(name, rest, ctx.signal)) === 0) return;
  throw new EnvironmentError({
    code: 'apt-failed',
    message: `${[name, ...rest].map(quote).join(' ')} failed`,
    why: 'its own words are above',
    next: 'check the network, the disk and the apt sources, then run this again',
  });
};
