// SPDX-License-Identifier: MIT
import { defineCommand } from '../command/spec.js';
import { CONFIG, KERNELS, list, SERIES, TOOLCHAIN, YES } from './options.js';

/** What `mutants` is told. */
export interface MutantsOptions {
  readonly series: string;
  readonly kernels?: readonly string[];
  readonly config: readonly string[];
  readonly toolchain?: string;
  readonly only?: readonly string[];
}

/** Whether the suite catches the driver's defects. */
export const mutants = defineCommand<MutantsOptions>({
  name: 'mutants',
  summary: 'put a defect into the driver, one at a time, and see that the case that claims it fails',
  options: [
    { flags: '--only <list>', summary: 'ids of mutants, in conformance/mutants (default: all)', parse: list },
    ...[SERIES, KERNELS, CONFIG, TOOLCHAIN, YES],
  ],
  examples: [
    ['mutants', 'every mutant that is not known yet, in as few guests as it takes'],
    ['mutants --only signals-twice,replace-keeps-old', 'two of them'],
  ],
  async run(options, world) {
    const { tryMutants } = await import('../cells/mutants.js');
    return tryMutants(options, world);
  },
});
