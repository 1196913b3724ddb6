// SPDX-License-Identifier: MIT
import type { Finding, RunResult } from '@uio-msi/model';
import { count } from '../words.js';
import { printable } from './printable.js';

// packages/checks, waivers.ts
const isUnused = ({ tool, kind }: Finding): boolean => tool === 'waivers' && kind === 'unused';

/**
 * The waivers that fit nothing, a line each with in how many cells: one that fits nothing anywhere
 * has no use, one that fits somewhere may be for fewer kernels. Pure.
 */
export const renderUnusedWaivers = ({ cells }: Pick<RunResult, 'cells'>): readonly string[] => {
  const found = new Map<string, number>();
  for (const { stages } of cells)
    for (const { findings } of stages)
      for (const { file, message } of findings.filter(isUnused)) {
        const line = `${file}: ${message}`;
        found.set(line, (found.get(line) ?? 0) + 1);
      }
  return [...found].map(([line, n]) => `${printable(line)} in ${n} of ${count(cells.length, 'cell')}`);
};
