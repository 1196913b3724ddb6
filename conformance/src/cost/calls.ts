// SPDX-License-Identifier: MIT
import { spawnSync } from 'node:child_process';
import type { UioFile } from '../bench/uio-file.js';
import { EnvironmentError } from '../errors.js';
import { median } from './compare.js';

/** Seconds of one call each: made from here, and by a program, one right after the other. */
export interface CallRound {
  readonly here: number;
  readonly program: number;
}

/** What rounds come to: medians, that of the rounds' own ratios too. */
export interface CallCost extends CallRound {
  readonly ratio: number;
}

/** The vector that is triggered. */
const VECTOR = 0;

/** Seconds that a case of this suite needs to trigger an armed vector, with all that is around the ioctl. */
export const callsFromHere = (file: UioFile, calls: number): number => {
  const start = performance.now();
  for (let call = 0; call < calls; call++) file.trigger(VECTOR);
  return (performance.now() - start) / 1000 / calls;
};

/**
 * The same by a program, which is given the number of calls, finds the file under number 3, and
 * prints the seconds of one call: tools/bench/ioctl.c.
 *
 * @throws EnvironmentError when it does not
 */
export const callsOfProgram = (program: string, { fd }: UioFile, calls: number): number => {
  const { status, stdout, error } = spawnSync(program, [String(calls)], {
    stdio: ['ignore', 'pipe', 'inherit', fd],
    encoding: 'utf8',
  });
  const seconds = Number(stdout?.trim() || Number.NaN);
  if (status === 0 && seconds > 0) return seconds;
  throw new EnvironmentError(
    `${program} measured nothing: ${error?.message ?? `exit ${status}, '${stdout}'`}`,
  );
};

/** Pure. */
export const compareCalls = (rounds: readonly CallRound[]): CallCost => ({
  here: median(rounds.map(({ here }) => here)),
  program: median(rounds.map(({ program }) => program)),
  ratio: median(rounds.map(({ here, program }) => here / program)),
});
