// SPDX-License-Identifier: MIT
import { resolve } from 'node:path';
import { EXIT } from '@uio-msi/model';
import { defineCommand } from '../command/spec.js';
import { SERIES } from './options.js';

interface DiffOptions {
  readonly series: string;
  readonly html?: string;
}

const SIDE = 'a posted revision (v1), current, a kernel line (6.12), or the file of a mailbox';

/** `series diff`: a range-diff. */
export const diff = defineCommand<DiffOptions>({
  name: 'diff',
  summary: 'what became of each patch between two revisions, variants or mailboxes',
  argument: { name: '<before>', summary: SIDE },
  more: [{ name: '<after>', summary: 'as well' }],
  options: [SERIES, { flags: '--html <file>', summary: 'write it as a page that needs nothing else' }],
  examples: [
    ['series diff v1 current', 'what reviewers of v1 have to look at'],
    ['series diff current 6.12 --html 6.12.html', 'how the patches for 6.12 differ'],
    ['series diff v1 their.mbox', 'what came back by mail'],
  ],
  async run(options, world, before = '', after = '') {
    const { writeAtomic } = await import('@uio-msi/host');
    const { rangeDiff, readSide, renderRangeHtml, renderRangeText } = await import('@uio-msi/series');
    const { mailedPatches } = await import('@uio-msi/submit');
    const { openSeries } = await import('../cells/series.js');
    const series = await openSeries(world.root, options.series);
    const old = await readSide(series, before, mailedPatches);
    const now = await readSide(series, after, mailedPatches);
    const rows = rangeDiff(old.patches, now.patches);
    if (options.html)
      await writeAtomic(
        resolve(options.html),
        renderRangeHtml({ series: `${series.name} ${series.revision}`, before, after, rows }),
      );
    return {
      exitCode: EXIT.good,
      text: renderRangeText(rows, world.color),
      json: { version: 1, series: series.name, before, after, patches: rows },
    };
  },
});
