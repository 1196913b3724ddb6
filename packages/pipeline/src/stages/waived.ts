// SPDX-License-Identifier: MIT
import { applyWaivers } from '@uio-msi/checks';
import type { Finding } from '@uio-msi/model';
import type { StageInputs } from '../stage/stage.js';

/**
 * The findings of a stage when the waivers of its series were applied, and what is wrong with these. Pure.
 *
 * @param looked whether a tool looked in this stage
 */
export const waived = (
  findings: readonly Finding[],
  { planned: { waivers, series } }: Pick<StageInputs, 'planned'>,
  looked: (tool: string) => boolean,
): readonly Finding[] =>
  applyWaivers(
    findings,
    waivers.filter(({ tool }) => looked(tool)),
    `patches/${series.name}/series.yaml`,
  );
