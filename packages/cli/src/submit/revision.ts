// SPDX-License-Identifier: MIT
import { findKernel, openStore } from '@uio-msi/kernels';
import { UserError } from '@uio-msi/model';
import { loadPrerequisites, postedRevisions, type Series } from '@uio-msi/series';
import {
  collectRecipients,
  composeRevision,
  cumulativeStat,
  type GitConfig,
  type Revision,
  readGitConfig,
  readSender,
} from '@uio-msi/submit';
import { openCatalogue } from '../cells/choose.js';
import { openSeries, seriesNames } from '../cells/series.js';
import type { World } from '../world/world.js';

/** What a command line says of a posting. */
export interface RevisionOptions {
  readonly series: string;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly resend?: true;
}

/** A posting as it would be sent, and git's configuration, which says who sends and how. */
export interface OpenRevision {
  readonly revision: Revision;
  readonly config: GitConfig;
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
  const config = await readGitConfig(series.dir);
  const sender = readSender(config);
  const to = [...series.to, ...(options.to ?? [])];
  const cc = [...series.cc, ...(options.cc ?? [])];
  const nobody = toNobody && to.length === 0;
  const revision = await composeRevision({
    series,
    sender,
    ...(nobody ? { to: [], cc: [] } : collectRecipients(series.patches, sender, to, cc)),
    resend,
    stat: await statOf(series, world),
    known: await knownSeries(world.root),
    signal: world.signal,
  });
  return { revision, config };
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
const statOf = async (series: Series, world: World): Promise<string> => {
  const { kernels } = await openCatalogue(world.root);
  const kernel = kernels.find(({ line }) => line === series.base);
  const store = await openStore(await world.openState());
  const found = kernel && (await findKernel(store, kernel));
  if (!found) {
    world.progress({
      type: 'note',
      text: `the cover letter has no diffstat: ./uio-msi kernels fetch --kernels ${series.base} brings what it needs`,
    });
    return '';
  }
  const below = (await loadPrerequisites(series)).flatMap(({ patches }) => patches);
  return cumulativeStat({ gitDir: store.gitDir, tree: found.tree }, below, series.patches, world.signal);
};

const knownSeries = async (root: string): Promise<Map<string, Series>> => {
  const all = await Promise.all((await seriesNames(root)).map((name) => openSeries(root, name)));
  return new Map(all.map((one) => [one.name, one]));
};
