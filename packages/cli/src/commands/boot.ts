// SPDX-License-Identifier: MIT
import { defineCommand } from '../command/spec.js';
import { CELL_OPTIONS, type CellOptions } from './options.js';

/** One stage: boot; or a shell in what it boots. */
export const boot = defineCommand<CellOptions & { readonly shell?: true }>({
  name: 'boot',
  summary: 'boot the kernel with the driver loaded; --shell gives a shell in it',
  options: [
    ...CELL_OPTIONS,
    { flags: '--shell', summary: 'a shell in the guest, devices attached; exit ends it' },
  ],
  examples: [
    ['boot', 'does it come up, and is its log free of trouble?'],
    ['boot --shell', 'look around in a guest that has the devices and the modules'],
  ],
  async run(options, world) {
    if (options.shell) {
      const { openShell } = await import('../cells/shell.js');
      return openShell(options, world);
    }
    const { runAndReport } = await import('../cells/check.js');
    return runAndReport(options, ['boot'], world);
  },
});
