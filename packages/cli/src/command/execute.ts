// SPDX-License-Identifier: MIT
import { ForeseenError } from '@uio-msi/model';
import { DEFAULT_SERIES, SERIES } from '../commands/options.js';
import { requireJsonTarget, writeJson } from '../output/json.js';
import { withSeries } from '../output/named.js';
import { printable } from '../output/printable.js';
import { makeWorld } from '../world/world.js';
import type { GlobalOptions } from './globals.js';
import type { Command } from './spec.js';

/**
 * Runs a command in its world: interruptible, progress shown on standard error, the result on
 * standard output and where `--json` says. When JSON has standard output, the text moves over.
 */
export const execute = async (
  spec: Command,
  options: GlobalOptions,
  [argument, ...more]: readonly (string | undefined)[],
): Promise<number> => {
  const { explainRefusal, withInterrupt } = await import('@uio-msi/host');
  if (options.json) await requireJsonTarget(options.json);
  return withInterrupt(async (signal) => {
    const { world, endProgress } = await makeWorld(options, signal);
    const series = namedSeries(spec, options);
    try {
      const outcome = await spec.run(options as never, world, argument, ...more);
      endProgress();
      const stream = options.json === '-' ? process.stderr : process.stdout;
      if (outcome.text) stream.write(`${printable(withSeries(outcome.text, series))}\n`);
      if (options.json) await writeJson(options.json, outcome.json);
      return outcome.exitCode;
    } catch (thrown) {
      endProgress();
      const error = explainRefusal(thrown, world.stateDir);
      if (error instanceof ForeseenError && error.next)
        Object.assign(error, { next: withSeries(error.next, series) });
      if (options.json && error instanceof ForeseenError) {
        const { code, message, why, next } = error;
        await writeJson(options.json, { version: 1, error: { code, message, why, next } });
      }
      throw error;
    }
  });
};

// The series that the command is about, when that is not the one of a command that names none.
const namedSeries = (spec: Command, options: GlobalOptions & { readonly series?: string }): string | null =>
  spec.options.includes(SERIES) && options.series !== DEFAULT_SERIES ? (options.series ?? null) : null;
