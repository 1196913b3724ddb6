// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';
import { defineCommand } from '../command/spec.js';
import { ACCEL, CELL_OPTIONS, type GuestOptions } from './options.js';

/** One stage: boot; or a shell in what it boots. */
export const boot = defineCommand<
  GuestOptions & { readonly shell?: true; readonly run?: string; readonly file?: string }
>({
  name: 'boot',
  summary: 'boot the kernel with the driver loaded; --shell gives a shell in it, --run runs a command',
  options: [
    ...CELL_OPTIONS,
    { flags: '--shell', summary: 'a shell in the guest, devices attached; exit ends it' },
    { flags: '--run <command>', summary: 'a command line of the guest instead; the suite is in /suite' },
    { flags: '--file <path>', summary: 'with --run: a file or folder that it finds in /files' },
    ACCEL,
  ],
  examples: [
    ['boot', 'does it come up, and is its log free of trouble?'],
    ['boot --shell', 'look around in a guest that has the devices and the modules'],
    [
      "boot --config debug --run 'node /suite/suite.mjs stress --all-known --for 600'",
      'operations at random for ten minutes, on a kernel that watches memory and locks',
    ],
  ],
  async run(options, world) {
    if (options.shell) {
      const { openShell } = await import('../cells/shell.js');
      return openShell(options, world);
    }
    if (options.run !== undefined) {
      const { runJob } = await import('../cells/job.js');
      return runJob(options, { command: options.run, file: options.file }, world);
    }
    if (options.file !== undefined)
      throw new UserError({
        code: 'file-alone',
        message: '--file is for a guest that runs a command',
        why: 'nothing else would look at it',
        next: 'add --run',
      });
    if (options.accel !== undefined)
      throw new UserError({
        code: 'accel-alone',
        message: '--accel is for a guest that runs a command or a shell',
        why: 'what stages give does not depend on it, and may come from the ledger',
        next: 'add --run or --shell',
      });
    const { runAndReport } = await import('../cells/check.js');
    return runAndReport(options, ['boot'], world);
  },
});
