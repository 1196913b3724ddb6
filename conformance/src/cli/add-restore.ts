// SPDX-License-Identifier: MIT
import type { Command } from 'commander';

/** Adds the command `restore`; `settle` gets its exit code. */
export const addRestore = (program: Command, settle: (exitCode: number) => void): void => {
  program
    .command('restore')
    .description('give back the devices of a run that was killed')
    .option('--dry-run', 'say what would be done, and do nothing', false)
    .addHelpText('after', '\nExample:\n  uio-msi-conformance restore --dry-run')
    .addHelpText('after', '\nExit: 0 nothing is lent any more, 3 something still is')
    .action(async (options: { dryRun: boolean }) => {
      settle((await import('./restore.js')).restoreCommand(options));
    });
};
