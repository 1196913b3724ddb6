// SPDX-License-Identifier: MIT
import { basename, dirname } from 'node:path';
import { quote } from '@uio-msi/host';
import { STANDARD_MACHINES } from '@uio-msi/machine';
import type { StageName } from '@uio-msi/model';
import type { PlannedCell } from '../plan/plan.js';

/**
 * The command that does one stage of a cell again by hand, as a shell takes it.
 *
 * @param globals options that every command of the run was given: `--state DIR`
 */
export const reproduce = (planned: PlannedCell, stage: StageName, globals: readonly string[] = []): string =>
  openReproduce(planned, globals)(stage);

/** {@link reproduce} for all stages of a cell, which have nearly all of it in common. */
export const openReproduce = (
  { cell, series, machines, depth }: PlannedCell,
  globals: readonly string[] = [],
): ((stage: StageName) => string) => {
  const begin = [
    ...['./uio-msi', cell.prefix === undefined ? 'check' : 'bisectable', ...globals],
    ...['--series', seriesArgument(series)],
    ...['--kernels', cell.kernel],
    ...(cell.arch === 'x86_64' ? [] : ['--arch', cell.arch]),
    ...['--toolchain', cell.toolchain, '--config', cell.config],
    ...(`${machines}` === `${STANDARD_MACHINES}` ? [] : ['--machines', machines.join(',')]),
    ...(cell.prefix === undefined ? [] : ['--prefix', String(cell.prefix)]),
  ]
    .map(quote)
    .join(' ');
  return (stage) => {
    const deep = cell.prefix === undefined && DEPTH_MATTERS.includes(stage) ? ` --depth ${depth}` : '';
    return `${begin}${deep} --stages ${stage} --again`;
  };
};

// The boot ends sooner where nothing else is asked for, and is the same with any suite.
const DEPTH_MATTERS: readonly StageName[] = ['conform'];

// A series is known by its name only below patches/.
const seriesArgument = ({ name, dir }: PlannedCell['series']): string =>
  basename(dir) === name && basename(dirname(dir)) === 'patches' ? name : dir;
