// SPDX-License-Identifier: MIT
import { EnvironmentError } from '@uio-msi/model';
import type { Kernel, Origin } from '../catalogue/kernel.js';
import { newestFirst } from '../catalogue/version.js';
import { type AskContext, nameOf, type Offer, offersOf, whyNothing } from './offers.js';
import type { Wanted } from './wanted.js';

/** A kernel that is listed somewhere. */
export interface Found {
  /** With every source that lists it. */
  readonly kernel: Kernel;
  /** Other versions of what is wanted, newest first. */
  readonly others: readonly string[];
  /** Of each origin that could not be asked, why. */
  readonly unasked: readonly string[];
}

/**
 * Asks all origins, in order, and takes the newest version of what is wanted.
 *
 * @throws {EnvironmentError} `kernel-not-listed`, with what each origin said
 * @throws {Interrupted} when the signal aborts
 */
export const findListed = async (
  origins: readonly Origin[],
  wanted: Wanted,
  ctx: AskContext,
): Promise<Found> => {
  const offers: Offer[] = [];
  const unasked: string[] = [];
  const without: string[] = [];
  for (const origin of origins) {
    ctx.tell(`asking ${nameOf(origin)}`);
    try {
      const these = await offersOf(origin, wanted, ctx);
      offers.push(...these);
      if (these.length === 0) without.push(`${nameOf(origin)}: does not list it`);
    } catch (error) {
      unasked.push(whyNothing(origin, error));
    }
  }
  const [version, ...others] = [...new Set(offers.map((offer) => offer.version))].toSorted(newestFirst);
  if (version === undefined)
    throw new EnvironmentError({
      code: 'kernel-not-listed',
      message: `no origin lists linux ${wanted.name}`,
      why: [...unasked, ...without].join('; ') || 'the catalogue has no origins',
      next: 'see that one of them can be reached, or name another under origins in linux-tree/kernels.yaml',
    });
  const sources = offers.filter((offer) => offer.version === version).map(({ source }) => source);
  return { kernel: { line: wanted.line, version, sources }, others, unasked };
};
