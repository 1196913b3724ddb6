// SPDX-License-Identifier: MIT
import { availableParallelism } from 'node:os';
import { quote, run } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';
import type { BuildContext } from '../context.js';
import { machineFailure } from '../diagnostics/machine.js';
import { stepCounter } from './steps.js';
import { makeEnvironment, makeVariables, type Target } from './variables.js';

/** How a call of make ended. */
export interface MakeResult {
  readonly ok: boolean;
  /** What was printed beside kbuild's steps. */
  readonly lines: readonly string[];
}

// Standard output's steps are kbuild's `quiet` commands: two spaces and a word in capitals.
const STEP = /^ {2}[A-Z]/;

/**
 * Calls the kernel's make with all processors.
 *
 * @param steps how many steps are expected, for progress; null when it is not known
 * @throws {EnvironmentError} when the machine is at fault: disk, memory, a missing tool
 * @throws {Interrupted} when the context's signal aborts
 */
export const make = async (
  target: Target,
  goals: readonly string[],
  ctx: BuildContext,
  steps: number | null = null,
): Promise<MakeResult> => {
  const lines: string[] = [];
  const onStep = stepCounter(ctx, steps);
  const { exitCode } = await run('make', makeArguments(target, goals, ctx), {
    env: makeEnvironment(ctx.ccache),
    log: ctx.log,
    lock: ctx.lock,
    signal: ctx.signal,
    onLine: (line) => {
      if (STEP.test(line)) onStep(line);
      else lines.push(line);
    },
  });
  const failure = exitCode === 0 ? null : machineFailure(lines);
  if (failure) throw failure;
  if (exitCode === null) throw killed();
  return { ok: exitCode === 0, lines };
};

// No source makes make itself end by a signal.
const killed = (): EnvironmentError =>
  new EnvironmentError({
    code: 'make-killed',
    message: 'make was killed from outside in the middle of the build',
    next: 'run the same command again: it goes on from here',
  });

/**
 * The call as a person would type it. With the environment: another compiler command or time stamp
 * in the same folder would rebuild everything.
 */
export const makeCommand = (target: Target, goals: readonly string[], ctx: BuildContext): string => {
  const set = Object.entries(makeEnvironment(ctx.ccache)).filter(([, value]) => value !== undefined);
  const assignments = set.map(([name, value]) => `${name}=${quote(value ?? '')}`);
  return [...assignments, ...['make', ...makeArguments(target, goals, ctx)].map(quote)].join(' ');
};

const makeArguments = (target: Target, goals: readonly string[], ctx: BuildContext) => [
  '-C',
  target.worktree,
  `-j${availableParallelism()}`,
  ...makeVariables(target, ctx.ccache ? 'ccache' : null),
  ...goals,
];
