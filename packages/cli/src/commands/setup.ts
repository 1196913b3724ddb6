// SPDX-License-Identifier: MIT
import { EXIT } from '@uio-msi/model';
import { defineCommand } from '../command/spec.js';
import { YES } from './options.js';

/** Installs what is missing. */
export const setup = defineCommand({
  name: 'setup',
  summary: 'install what is missing on this machine',
  options: [YES],
  examples: [
    ['setup', 'names what is missing and asks before it installs'],
    ['setup --yes', 'installs without asking, for scripts'],
  ],
  async run(_options, world) {
    const { installMissing, TOOLS } = await import('@uio-msi/host');
    const installed = await installMissing(TOOLS, world);
    return {
      exitCode: EXIT.good,
      text: installed.length > 0 ? `Installed ${installed.join(' ')}` : 'Nothing is missing',
      json: { version: 1, installed },
    };
  },
});
