// SPDX-License-Identifier: MIT
import { EXIT } from '@uio-msi/model';
import { type CommandGroup, defineCommand } from '../command/spec.js';
import { CELL_OPTIONS, type CellOptions, lineOf, ONE_KERNEL, SERIES } from './options.js';
import { diff } from './series-diff.js';
import { edit } from './series-edit.js';
import { exportCommand } from './series-export.js';
import { importCommand } from './series-import.js';
import { rebase } from './series-rebase.js';
import { refresh } from './series-refresh.js';

const list = defineCommand({
  name: 'list',
  summary: 'the series in patches/',
  options: [],
  examples: [['series list', 'name, revision and subject of each']],
  async run(_options, world) {
    const { openSeries, seriesNames } = await import('../cells/series.js');
    const all = await Promise.all(
      (await seriesNames(world.root)).map((name) => openSeries(world.root, name)),
    );
    const rows = all.map(({ name, revision, subject, patches }) => ({
      name,
      revision,
      subject,
      patches: patches.length,
    }));
    return {
      exitCode: EXIT.good,
      text: rows
        .map((row) => `${row.name}  ${row.revision}  ${row.patches} patches  ${row.subject}`)
        .join('\n'),
      json: { version: 1, series: rows },
    };
  },
});

const show = defineCommand<{ readonly series: string; readonly kernel?: string }>({
  name: 'show',
  summary: 'the patches of a series, and the variants for older lines',
  options: [SERIES, ONE_KERNEL],
  examples: [
    ['series show', 'all of it; exit 1 when a variant was made from a patch that has changed since'],
    ['series show --kernel 5.10', 'what would be applied there, and why it is not what is posted'],
  ],
  async run({ series, kernel }, world) {
    const { openSeries } = await import('../cells/series.js');
    const { describeFor, describeSeries } = await import('../cells/describe.js');
    const found = await openSeries(world.root, series);
    return kernel === undefined ? describeSeries(found) : describeFor(found, lineOf(kernel), world.root);
  },
});

const apply = defineCommand<CellOptions>({
  name: 'apply',
  summary: 'apply the series to kernels, with the status of each patch',
  options: CELL_OPTIONS,
  examples: [['series apply --kernels 6.12,7.2', 'needs no checkout: a second for both']],
  async run(options, world) {
    const { runAndReport } = await import('../cells/check.js');
    return runAndReport(options, ['apply'], world);
  },
});

/** The series. */
export const series: CommandGroup = {
  name: 'series',
  summary: 'the patches',
  commands: [list, show, apply, edit, refresh, rebase, diff, importCommand, exportCommand],
};
