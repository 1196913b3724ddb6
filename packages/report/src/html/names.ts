// SPDX-License-Identifier: MIT
import { type Cell, type CellResult, cellKey, type StageResult } from '@uio-msi/model';

// A key is made of names from catalogues; whatever else is in one never becomes a path.
const safe = (text: string): string => text.replace(/[^\w.-]/g, '_').replace(/^\.*$|^\.+/, '_');

/** The page of a cell: `cells/7.2.6-x86_64-gcc-12-minimal.html`. */
export const cellFile = (cell: Cell & { readonly key?: string }): string =>
  `cells/${safe(cell.key ?? cellKey(cell))}.html`;

/** The page of a part of the matrix: `matrix-x86_64-gcc-12.html`. */
export const matrixFile = (part: string): string => `matrix-${safe(part)}.html`;

/** What the log of a stage is called in a report, without suffix: `logs/7.2.6-x86_64-gcc-12-minimal-build`. */
export const logName = (cell: CellResult, stage: StageResult): string =>
  `logs/${safe(cell.key)}-${safe(stage.stage)}`;
