// SPDX-License-Identifier: MIT
import type { Series } from '@uio-msi/series';
import { triedKey } from '@uio-msi/submit';
import type { Base } from './place.js';

/** The key of what a series is tried on: preflight notes it down, and sending compares it. */
export const triedOn = (series: Series, { kernel, prerequisites, place }: Base): string =>
  triedKey({ series, prerequisites, kernel, base: 'unknown' in place ? null : place.value.base });
