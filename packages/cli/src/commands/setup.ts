// SPDX-License-Identifier: MIT
import { EXIT } from '@uio-msi/model';
import { defineCommand } from '../command/spec.js';
import { listOf, SERIES, YES } from './options.js';
import { TIERS, type Tier } from './tiers.js';

interface Options {
  readonly series: string;
  readonly tier?: Tier;
}

/** Installs what is missing. */
export const setup = defineCommand<Options>({
  name: 'setup',
  summary: 'install what is missing on this machine',
  options: [
    YES,
    SERIES,
    {
      flags: '--tier <name>',
      summary: 'also what the cells of a tier of the matrix need: check, nightly, weekly (default: none)',
      parse: (text) => listOf('tier', TIERS)(text)[0],
    },
  ],
  examples: [
    ['setup', 'names what is missing and asks before it installs'],
    ['setup --yes', 'installs without asking, for scripts'],
    ['setup --tier weekly', 'also the compilers and emulators of other architectures'],
  ],
  async run({ series, tier }, world) {
    const { installMissing, TOOLS } = await import('@uio-msi/host');
    const { tierTools } = await import('../cells/cell-tools.js');
    const more = tier === undefined ? [] : await tierTools(series, tier, world);
    const installed = await installMissing([...TOOLS, ...more], world);
    return {
      exitCode: EXIT.good,
      text: installed.length > 0 ? `Installed ${installed.join(' ')}` : 'Nothing is missing',
      json: { version: 1, installed },
    };
  },
});
