// SPDX-License-Identifier: MIT
import { resolve } from 'node:path';
import type { Caller, State } from '@uio-msi/host';
import type { Progress } from '@uio-msi/model';
import type { GlobalOptions } from '../command/globals.js';
import { startProgress } from '../progress/start.js';
import { findCaller } from './caller.js';
import { defaultStateDir, ROOT } from './root.js';

/** What a command may touch. */
export interface World {
  /** The checkout. */
  readonly root: string;
  /** The state folder's path; {@link openState} makes it. */
  readonly stateDir: string;
  openState(): Promise<State>;
  readonly caller: Caller;
  readonly progress: Progress;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
  /** Whether results may have colours. */
  readonly color: boolean;
  /** The command line, to be shown and repeated. */
  readonly commandLine: string;
}

/** Puts the world of one command together, and starts showing progress until `endProgress`. */
export const makeWorld = async (
  options: GlobalOptions & { readonly yes?: boolean },
  signal: AbortSignal,
): Promise<{ world: World; endProgress: () => void }> => {
  const { openState, quote } = await import('@uio-msi/host');
  const stateDir = resolve(options.state ?? (process.env['UIO_MSI_STATE'] || defaultStateDir(ROOT)));
  const mayColor = options.color && !process.env['NO_COLOR'];
  const { progress, end } = startProgress(process.stderr, {
    color: mayColor,
    verbose: options.verbose === true,
  });
  const world: World = {
    root: ROOT,
    stateDir,
    openState: () => openState(stateDir),
    caller: findCaller(options.yes === true),
    progress,
    signal,
    color: mayColor && process.stdout.isTTY === true,
    commandLine: ['./uio-msi', ...process.argv.slice(2)].map(quote).join(' '),
  };
  return { world, endProgress: end };
};
