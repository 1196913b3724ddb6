// SPDX-License-Identifier: MIT
import type { Command } from 'commander';
import type { CostOptions } from './cost.js';
import { addDeviceOptions } from './device-options.js';
import { positiveNumber } from './values.js';

/** Adds the command `cost`; `settle` gets its exit code. */
export const addCost = (program: Command, settle: (exitCode: number) => void): void => {
  const command = program
    .command('cost')
    .description('round trips from device to eventfd, through uio_msi and through vfio-pci without an IOMMU');
  addDeviceOptions(command)
    .option('--rounds <count>', 'how often each driver gets the device', positiveNumber, 15)
    .option('--samples <count>', 'round trips each time', positiveNumber, 500)
    .option('--stream <path>', 'write the results as lines of JSON, to a file or character device')
    .option(
      '--disposable',
      'the machine was made for this: its kernel is tainted, and protects nothing',
      false,
    )
    .addHelpText('after', '\nExample:\n  uio-msi-conformance cost --device 0000:01:00.0 --disposable')
    .addHelpText('after', '\nExit: 0 measured, 2 wrong usage, 3 the environment, 130 interrupted')
    .action(async (options: CostOptions) => {
      settle(await (await import('./cost.js')).cost(options));
    });
};
