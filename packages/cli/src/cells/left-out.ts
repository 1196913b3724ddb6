// SPDX-License-Identifier: MIT
import { type StageName, UserError } from '@uio-msi/model';
import { whyLeftOut } from '@uio-msi/series';
import type { Choice } from './choose.js';

// What whoever brings a series to another line looks at; it takes a second.
const ALWAYS: readonly StageName[] = ['source', 'apply'];

/**
 * Refuses kernels of lines that the series leaves out as a whole: it would be known to fail, or said
 * of by nobody, after all that a build takes. Applying it is not refused.
 *
 * @param stages null for all
 * @throws {UserError} `line-left-out`
 */
export const requireLines = (
  { series, kernels }: Pick<Choice, 'series' | 'kernels'>,
  stages: readonly StageName[] | null,
): void => {
  if (stages?.every((stage) => ALWAYS.includes(stage))) return;
  for (const { line, version } of kernels) {
    const why = whyLeftOut(series, line);
    if (why === null) continue;
    throw new UserError({
      code: 'line-left-out',
      message: `${series.name} leaves linux ${version} out`,
      why,
      next: `see what applies: ./uio-msi series apply --series ${series.name} --kernels ${version}; to build it, take the rule out of matrix.exclude in its series.yaml`,
    });
  }
};
