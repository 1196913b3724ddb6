// SPDX-License-Identifier: MIT
import { compareRuns, type RunResult } from '@uio-msi/model';
import type { CellExtras, SiteInput } from '../src/html/input.js';
import { cellPages, renderSite } from '../src/html/site.js';

/** A run that nothing was before. */
export const alone = (run: RunResult): SiteInput => ({
  run,
  before: null,
  changes: compareRuns(null, run),
  history: [],
});

/** Nothing but the result. */
export const NO_EXTRAS: CellExtras = { logs: new Map(), stacks: new Map() };

/** The pages of a report by their paths. */
export const pagesOf = (input: SiteInput, extras: CellExtras = NO_EXTRAS): ReadonlyMap<string, string> => {
  const pageOf = cellPages(input);
  const pages = [...renderSite(input), ...input.run.cells.map((cell) => pageOf(cell, extras))];
  return new Map(pages.map(({ path, content }) => [path, content]));
};
