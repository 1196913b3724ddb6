// SPDX-License-Identifier: MIT
import type { MatrixExclusion } from './disk/matrix.js';
import { compareLines, type Series } from './series.js';

/** Whether a line is among those that a rule of `matrix.exclude` is about. */
export const isAbout = (
  { kernels, before, from }: Pick<MatrixExclusion, 'kernels' | 'before' | 'from'>,
  line: string,
): boolean =>
  (kernels?.includes(line) ?? true) &&
  (before === undefined || compareLines(line, before) < 0) &&
  (from === undefined || compareLines(line, from) >= 0);

/** The rules of `matrix.exclude` that leave out lines as a whole, whatever they are built with and for. */
export const linesLeftOut = ({ matrix }: Pick<Series, 'matrix'>): readonly MatrixExclusion[] =>
  matrix.exclude.filter(({ arches, toolchains, configs }) => !arches && !toolchains && !configs);

/** Why a series leaves a line out as a whole; null when it does not. */
export const whyLeftOut = (series: Pick<Series, 'matrix'>, line: string): string | null =>
  linesLeftOut(series).find((rule) => isAbout(rule, line))?.why ?? null;
