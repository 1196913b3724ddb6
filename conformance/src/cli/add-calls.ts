// SPDX-License-Identifier: MIT
import type { Command } from 'commander';
import type { CallsOptions } from './calls.js';
import { addDeviceOptions } from './device-options.js';
import { positiveNumber } from './values.js';

/** Adds the command `calls`; `settle` gets its exit code. For the project's own benchmark. */
export const addCalls = (program: Command, settle: (exitCode: number) => void): void => {
  const command = program
    .command('calls', { hidden: true })
    .description('what an ioctl costs from here, beside a program that makes the same');
  addDeviceOptions(command)
    .requiredOption('--beside <program>', 'tools/bench/ioctl.c, compiled')
    .option('--rounds <count>', 'how often each has its turn', positiveNumber, 11)
    .option('--calls <count>', 'calls in a turn', positiveNumber, 20_000)
    .option('--stream <path>', 'write the results as lines of JSON, to a file or character device')
    .action(async (options: CallsOptions) => {
      settle((await import('./calls.js')).calls(options));
    });
};
