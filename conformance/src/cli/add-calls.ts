// SPDX-License-Identifier: MIT
import type { Command } from 'commander';
import type { CallsOptions } from './calls.js';
import { more, positiveNumber } from './values.js';

/** Adds the command `calls`; `settle` gets its exit code. For the project's own benchmark. */
export const addCalls = (program: Command, settle: (exitCode: number) => void): void => {
  program
    .command('calls', { hidden: true })
    .description('what an ioctl costs from here, beside a program that makes the same')
    .option('--device <bdf>', 'a PCI address; may be repeated', more, [])
    .option('--all-known', 'every device that the suite knows how to provoke and no other driver has', false)
    .requiredOption('--beside <program>', 'tools/bench/ioctl.c, compiled')
    .option('--rounds <count>', 'how often each has its turn', positiveNumber, 11)
    .option('--calls <count>', 'calls in a turn', positiveNumber, 20_000)
    .option('--stream <path>', 'write the results as lines of JSON, to a file or character device')
    .option('--force', 'take a device even if it is in use', false)
    .action(async (options: CallsOptions) => {
      settle((await import('./calls.js')).calls(options));
    });
};
