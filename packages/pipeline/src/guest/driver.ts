// SPDX-License-Identifier: MIT
import { basename } from 'node:path';
import type { StageName } from '@uio-msi/model';
import type { PlannedCell } from '../plan/plan.js';

/** The module that the conformance suite exercises. */
const DRIVER = 'uio_msi.ko';

/** What is asked of a cell's guests, of the stages of a run: a series without the driver has nothing for the suite. */
export const askedOf = (
  { modules }: Pick<PlannedCell, 'modules'>,
  wanted: ReadonlySet<StageName>,
): ReadonlySet<StageName> =>
  modules.some((module) => basename(module) === DRIVER)
    ? wanted
    : new Set([...wanted].filter((stage) => stage !== 'conform'));
