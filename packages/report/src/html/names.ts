// SPDX-License-Identifier: MIT
import type { CellResult, StageResult } from '@uio-msi/model';

// A key is made of names from catalogues; whatever else is in one never becomes a path.
const safe = (text: string): string => text.replace(/[^\w.-]/g, '_').replace(/^\.+/, '_');

/** The page of a cell: `7.2.6-x86_64-gcc-12-minimal.html`. */
export const cellFile = (cell: CellResult): string => `${safe(cell.key)}.html`;

/** The log of a stage in the report: `logs/7.2.6-x86_64-gcc-12-minimal-build.txt`. */
export const logFile = (cell: CellResult, stage: StageResult): string =>
  `logs/${safe(cell.key)}-${safe(stage.stage)}.txt`;
