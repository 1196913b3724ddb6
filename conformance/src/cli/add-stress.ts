// SPDX-License-Identifier: MIT
import type { Command } from 'commander';
import { addDeviceOptions } from './device-options.js';
import type { StressOptions } from './stress.js';
import { more, positiveNumber, seconds, wholeNumber } from './values.js';

/** Adds the command `stress`; `settle` gets its exit code. */
export const addStress = (program: Command, settle: (exitCode: number) => void): void => {
  const command = program
    .command('stress')
    .description('operations at random, from several processes at once; gives the devices back afterwards');
  addDeviceOptions(command)
    .option('--for <seconds>', 'end after this time', seconds)
    .option('--operations <count>', 'end after so many (default without --for: 360000)', positiveNumber)
    .option('--seed <number>', 'what decides the operations; printed when none is given', wholeNumber)
    .option(
      '--processes <count>',
      'how many at once (default: two for each processor, and two)',
      positiveNumber,
    )
    .option('--without <operation>', 'leave an operation out, as rebind; may be repeated', more, [])
    .option('--stream <path>', 'write the figures as a line of JSON, to a file or character device')
    .addHelpText('after', '\nExample:\n  uio-msi-conformance stress --device 0000:01:00.0 --for 60')
    .addHelpText(
      'after',
      '\nExit: 0 nothing amiss, 1 complaints, 2 wrong usage, 3 the environment, 130 interrupted',
    )
    .action(async (options: StressOptions) => {
      settle(await (await import('./stress.js')).stress(options));
    });
};
