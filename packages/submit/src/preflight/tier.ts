// SPDX-License-Identifier: MIT
import { type Series, TIERS, type Tier } from '@uio-msi/series';

/** The tier of a series' matrix that has to be green before it is posted: all of it, if it names none. */
export const tierToPost = ({ matrix }: Pick<Series, 'matrix'>): Tier =>
  matrix['to-post'] ?? (TIERS.at(-1) as Tier);
