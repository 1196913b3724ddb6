// SPDX-License-Identifier: MIT
import type { Command } from 'commander';
import type { VerifyOptions } from './verify.js';

/** Adds the command `verify`; `settle` gets its exit code. */
export const addVerify = (program: Command, settle: (exitCode: number) => void): void => {
  program
    .command('verify')
    .description('tell whether a bundle is whole, and whether its results bear out what it claims')
    .argument('<bundle>', 'its folder, or the archive')
    .option('--digest <sha256>', 'what the run printed, told by another way than the bundle')
    .option('--waivers <file>', 'waivers that are allowed; without, none is')
    .option('--json', 'print the outcome as JSON', false)
    .addHelpText('after', '\nExample:\n  uio-msi-conformance verify report.tar.gz')
    .addHelpText('after', '\nExit: 0 it is and they do, 1 not so, 2 it is no bundle, 3 it cannot be read')
    .action(async (bundle: string, options: VerifyOptions) => {
      settle((await import('./verify.js')).verify(bundle, options));
    });
};
