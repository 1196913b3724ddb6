// SPDX-License-Identifier: MIT
import { EXIT } from '@uio-msi/model';
import { type CommandGroup, defineCommand } from '../command/spec.js';
import { KERNELS, YES } from './options.js';

interface KernelOptions {
  readonly kernels?: readonly string[];
}

const list = defineCommand({
  name: 'list',
  summary: 'the kernels of the catalogue, newest first, and where each can be had',
  options: [],
  examples: [['kernels list', 'lines, versions and sources']],
  async run(_options, world) {
    const { openCatalogue } = await import('../cells/choose.js');
    const { kernels } = await openCatalogue(world.root);
    const rows = kernels.map(
      ({ line, version, sources }) =>
        `${line.padEnd(9)} ${version.padEnd(10)} ${sources.map(({ kind }) => kind).join(', ')}`,
    );
    return { exitCode: EXIT.good, text: rows.join('\n'), json: { version: 1, kernels } };
  },
});

const fetch = defineCommand<KernelOptions>({
  name: 'fetch',
  summary: 'bring kernels into the object store, so that later commands need no network',
  options: [KERNELS, YES],
  examples: [['kernels fetch --kernels 6.12,7.2', 'both, from the first source that has each']],
  async run(options, world) {
    const { fetchKernels } = await import('../cells/fetch.js');
    const trees = await fetchKernels(options.kernels ?? null, world);
    return {
      exitCode: EXIT.good,
      text: trees.map(({ kernel, tree, source }) => `${kernel.version}  tree ${tree}  ${source}`).join('\n'),
      json: {
        version: 1,
        kernels: trees.map(({ kernel, ...rest }) => ({ kernel: kernel.version, ...rest })),
      },
    };
  },
});

/** The catalogue. */
export const kernels: CommandGroup = {
  name: 'kernels',
  summary: 'the kernels that the series is tried on',
  commands: [list, fetch],
};
