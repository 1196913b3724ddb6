// SPDX-License-Identifier: MIT
import type { Waiver } from '@uio-msi/checks';
import type { Series } from '@uio-msi/series';

/** A waiver of a series, as it is on one line at one time. */
export type PlannedWaiver = Waiver;

/** The waivers of a series for a kernel's line. A day ends when it does everywhere: UTC-12. Pure. */
export const waiversFor = (
  { waivers = [] }: Pick<Series, 'waivers'>,
  line: string,
  now: Date,
): readonly PlannedWaiver[] =>
  waivers
    .filter(({ kernels }) => kernels?.includes(line) ?? true)
    .map(({ kernels: _, ...waiver }) => ({
      ...waiver,
      expired: now.getTime() >= Date.parse(`${waiver.until}T00:00:00-12:00`) + DAY_MS,
    }));

const DAY_MS = 24 * 60 * 60 * 1000;
