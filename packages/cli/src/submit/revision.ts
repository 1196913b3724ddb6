// SPDX-License-Identifier: MIT
import { UserError } from '@uio-msi/model';
import { postedRevisions, type Series } from '@uio-msi/series';
import {
  collectRecipients,
  composeRevision,
  cumulativeStat,
  type GitConfig,
  type Revision,
  readGitConfig,
  readSender,
} from '@uio-msi/submit';
import { openSeries } from '../cells/series.js';
import type { World } from '../world/world.js';
import { type Base, findBase } from './place.js';

/** What a command line says of a posting. */
export interface RevisionOptions {
  readonly series: string;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly resend?: true;
}

/** A posting as it would be sent. */
export interface OpenRevision {
  readonly revision: Revision;
  /** git's configuration, which says who sends and how. */
  readonly config: GitConfig;
  /** What it is tried on. */
  readonly base: Base;
}

/**
 * Writes the mails that a command line speaks of.
 *
 * @param toNobody whether a series that names no recipients is written all the same, to be looked at
 * @throws {UserError} `identity-missing`, `no-recipients`, `bad-recipient`, `nothing-to-resend`,
 *   what reading the series throws
 */
export const openRevision = async (
  options: RevisionOptions,
  world: World,
  { toNobody = false }: { readonly toNobody?: boolean } = {},
): Promise<OpenRevision> => {
  const resend = options.resend === true;
  const found = await openSeries(world.root, options.series);
  const series = resend ? await lastPosted(found) : found;
  const [config, base] = await Promise.all([readGitConfig(series.dir), findBase(series, world)]);
  const sender = readSender(config);
  const to = [...series.to, ...(options.to ?? [])];
  const cc = [...series.cc, ...(options.cc ?? [])];
  const nobody = toNobody && to.length === 0;
  const revision = await composeRevision({
    series,
    sender,
    ...(nobody ? { to: [], cc: [] } : collectRecipients(series.patches, sender, to, cc)),
    resend,
    stat: await statOf(series, base, world),
    known: base.prerequisites,
    signal: world.signal,
  });
  return { revision, config, base };
};

// After sending, the next revision is open: what is sent again is the one before.
const lastPosted = async (series: Series): Promise<Series> => {
  const last = (await postedRevisions(series.dir)).at(-1);
  if (last !== undefined) return { ...series, revision: `v${last}` };
  throw new UserError({
    code: 'nothing-to-resend',
    message: `no revision of ${series.name} was posted`,
    next: 'send it without --resend',
  });
};

// Without its kernel in the store the cover letter has no diffstat: nobody waits minutes for that.
const statOf = async (series: Series, { place }: Base, world: World): Promise<string> => {
  if (!('unknown' in place)) return cumulativeStat(place.value, series.patches);
  const { reason, next } = place.unknown;
  world.progress({ type: 'note', text: `the cover letter has no diffstat: ${reason}; ${next}` });
  return '';
};
