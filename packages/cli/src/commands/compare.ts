// SPDX-License-Identifier: MIT
import { CHANGE_KINDS, type ChangeKind } from '@uio-msi/model';
import { defineCommand } from '../command/spec.js';
import { KERNELS, list, listOf } from './options.js';

interface Options {
  readonly only?: readonly ChangeKind[];
  readonly kernels?: readonly string[];
  readonly configs?: readonly string[];
}

/** Any two runs. */
export const compare = defineCommand<Options>({
  name: 'compare',
  summary: 'say what differs between two runs',
  argument: {
    name: '[before]',
    summary: 'a name, last, last~2, last-good, or a path (default: what nightly would take)',
  },
  more: [{ name: '[after]', summary: 'the same (default: last)' }],
  options: [
    {
      flags: '--only <list>',
      summary: `some of ${CHANGE_KINDS.join(', ')}`,
      parse: listOf('change', CHANGE_KINDS),
    },
    { ...KERNELS, summary: 'only of these lines or versions' },
    { flags: '--configs <list>', summary: 'only of these configurations', parse: list },
  ],
  examples: [
    ['compare', 'the last run with the one before it that tried the same; the exit code is that of nightly'],
    ['compare last-good last --only regression,new-failure', 'what broke since all was good'],
    ['compare monday.json friday.json', 'what --json wrote'],
  ],
  async run({ only, kernels, configs }, world, before, after) {
    const { compareTwo } = await import('../nightly/compare.js');
    return compareTwo([before, after], { kinds: only, kernels, configs }, world);
  },
});
