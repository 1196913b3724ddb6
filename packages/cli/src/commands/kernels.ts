// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { EXIT } from '@uio-msi/model';
import { type CommandGroup, defineCommand } from '../command/spec.js';
import { KERNELS, listOf, SERIES, YES } from './options.js';
import { TIERS, type Tier } from './tiers.js';

interface KernelOptions {
  readonly kernels?: readonly string[];
}

interface FetchOptions extends KernelOptions {
  readonly series: string;
  readonly tier?: Tier;
}

const list = defineCommand({
  name: 'list',
  summary: 'the kernels of the catalogue, newest first, where each can be had, and what is stored',
  options: [],
  examples: [['kernels list', 'lines, versions, sources, and where what is stored came from']],
  async run(_options, world) {
    const { listKernels } = await import('../cells/kernels.js');
    const kernels = await listKernels(world);
    const rows = kernels.map(
      ({ line, version, sources, stored }) =>
        `${line.padEnd(9)} ${version.padEnd(13)} ${sources.map(({ kind }) => kind).join(', ')}` +
        `\n          ${stored === null ? 'not stored' : `stored: ${stored.source}`}`,
    );
    return { exitCode: EXIT.good, text: rows.join('\n'), json: { version: 1, kernels } };
  },
});

const fetch = defineCommand<FetchOptions>({
  name: 'fetch',
  summary: 'bring kernels into the object store, so that later commands need no network',
  options: [
    KERNELS,
    SERIES,
    {
      flags: '--tier <name>',
      summary: 'those of a tier of the matrix: check, nightly, weekly',
      parse: (text) => listOf('tier', TIERS)(text)[0],
    },
    YES,
  ],
  examples: [
    ['kernels fetch --kernels 6.12,7.2', 'both, from the first source that has each'],
    ['kernels fetch --tier nightly', 'all that a night needs'],
  ],
  async run({ kernels, series, tier }, world) {
    const { fetchKernels } = await import('../cells/fetch.js');
    const trees = await fetchKernels(kernels ?? null, world, tier && { series, tier });
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

const add = defineCommand({
  name: 'add',
  summary: 'find a kernel that the catalogue lacks, verify and store it, and write it down',
  argument: {
    name: '<kernel>',
    summary: 'a line (its newest): 7.1, mainline, next; or a version: 7.1.13, 7.3-rc2, next-20261120',
  },
  options: [YES],
  examples: [
    ['kernels add 7.1', 'the newest 7.1 that the origins in linux-tree/kernels.yaml list'],
    ['kernels add next', 'the newest day of linux-next; mainline is the newest that Linus Torvalds tagged'],
    ['kernels add 6.6.100', 'that one'],
  ],
  async run(_options, world, name = '') {
    const { addToKernels } = await import('../cells/kernels.js');
    const { kernel, tree, source, unasked } = await addToKernels(name, world);
    const text = [
      `${kernel.version}  tree ${tree}  ${source}`,
      `added to linux-tree/kernels.yaml, line ${kernel.line}: ${kernel.sources.map(({ kind }) => kind).join(', ')}`,
      ...unasked.map((why) => `could not be asked: ${why}`),
    ];
    return {
      exitCode: EXIT.good,
      text: text.join('\n'),
      json: { version: 1, kernel, tree, source, unasked },
    };
  },
});

const verify = defineCommand<KernelOptions>({
  name: 'verify',
  summary: 'read all that is stored of kernels, and compare it with its names and with the catalogue',
  options: [{ ...KERNELS, summary: 'lines or exact versions: 6.12,7.2 (default: all)' }],
  examples: [
    ['kernels verify', 'exit 3 when something is damaged, 1 when it is from no source of the catalogue'],
  ],
  async run(options, world) {
    const { verifyKernels } = await import('../cells/kernels.js');
    const verified = await verifyKernels(options.kernels ?? null, world);
    const states = verified.map(({ state }) => state);
    const next = states.includes('damaged')
      ? [`next: remove ${join(world.stateDir, 'store.git')}; it is made again: ./uio-msi kernels fetch`]
      : [];
    return {
      exitCode: states.includes('damaged')
        ? EXIT.environment
        : states.includes('other')
          ? EXIT.failures
          : EXIT.good,
      text: [
        ...verified.map(
          ({ kernel, state, text }) => `${kernel.version.padEnd(13)} ${state.padEnd(8)} ${text}`,
        ),
        ...next,
      ].join('\n'),
      json: {
        version: 1,
        kernels: verified.map(({ kernel, state, text }) => ({ kernel: kernel.version, state, text })),
      },
    };
  },
});

/** The catalogue. */
export const kernels: CommandGroup = {
  name: 'kernels',
  summary: 'the kernels that the series is tried on',
  commands: [list, fetch, add, verify],
};
