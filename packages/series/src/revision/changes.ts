// SPDX-License-Identifier: MIT

import { readSeriesFile } from '../disk/read.js';
import { changeDigest } from '../patch/digest.js';
import type { Patch } from '../patch/patch.js';
import { pairRevisions } from '../range/pairs.js';
import type { Series } from '../series.js';
import { entryFor, parseChangelog, renderChangelog } from './changelog.js';
import { type PostedRevision, postedRevisions, readPosted } from './posted.js';

/** What a patch is to the revision that was posted before. */
export type PatchNews = 'new' | 'changed' | 'unchanged';

/** What one revision says of one patch. */
export interface PatchChanges {
  readonly patch: Patch;
  /** 'new' for all patches of a first revision. */
  readonly news: PatchNews;
  /** What its changelog says of this revision, without the heading; empty when nothing. */
  readonly text: string;
  /** What belongs below `---` when the patch is mailed: all revisions, newest first. */
  readonly notes: string;
}

/** What one revision changes. */
export interface RevisionChanges {
  readonly revision: number;
  /** The revision that was posted before; null when this is the first. */
  readonly since: number | null;
  /** One for each patch, in order. */
  readonly patches: readonly PatchChanges[];
  /** Subjects of patches of the revision before that this one does not have. */
  readonly dropped: readonly string[];
}

/**
 * What the current revision of a series changes. The changelog is kept once, in the notes of each
 * patch (`v2:` and a list), so that it goes wherever the patch goes; whether a patch is new or
 * unchanged is found by comparing it with what was mailed.
 *
 * @throws {UserError} what {@link readPosted} throws
 */
export const readChanges = async (series: Series): Promise<RevisionChanges> => {
  const revision = Number(series.revision.slice(1));
  const since = (await postedRevisions(series.dir)).filter((posted) => posted < revision).at(-1);
  return changesSince(series, since === undefined ? null : await readPosted(series.dir, since));
};

/** {@link readChanges}, from the posted revision itself. */
export const changesSince = (series: Series, before: PostedRevision | null): RevisionChanges => {
  const revision = Number(series.revision.slice(1));
  const olds = before?.patches.map(({ patch }) => patch) ?? [];
  const pairs = pairRevisions(olds, series.patches);
  const newsOf = (patch: Patch, at: number): PatchNews => {
    const old = olds[pairs.find(({ after }) => after === at)?.before ?? -1];
    return old === undefined ? 'new' : saysTheSame(old, patch) ? 'unchanged' : 'changed';
  };
  return {
    revision,
    since: before?.revision ?? null,
    patches: series.patches.map((patch, at) => describe(patch, newsOf(patch, at), revision, before)),
    dropped: pairs.flatMap(({ status, before: at }) =>
      status === 'dropped' && at !== null ? [olds[at]?.subject ?? ''] : [],
    ),
  };
};

// What reviewers gave, and a sign-off, are no change that anybody has to look at again.
const saysTheSame = (a: Patch, b: Patch): boolean =>
  changeDigest(a) === changeDigest(b) &&
  a.author.name === b.author.name &&
  a.author.address === b.author.address;

const describe = (
  patch: Patch,
  news: PatchNews,
  revision: number,
  before: PostedRevision | null,
): PatchChanges => {
  const changelog = parseChangelog(patch.notes);
  const text = entryFor(changelog, revision);
  const said = text !== '' ? null : before && sayAnyway(news, before.revision);
  const entries = said ? [{ revision, text: said }, ...changelog.entries] : changelog.entries;
  return { patch, news, text, notes: renderChangelog({ ...changelog, entries }) };
};

// A patch that changed has to say how: nobody can say it for it.
const sayAnyway = (news: PatchNews, since: number): string | null =>
  ({ unchanged: `(no changes since v${since})`, new: 'new patch', changed: null })[news];

/**
 * The cover letter with what each patch says of this revision, below what the cover's own section
 * (`## Changes since v1`) says of all of them; without the section, it gets one, unless there is
 * nothing to say. Of a patch that changed and does not say how, nothing is said.
 *
 * @param cover the text of cover.md
 */
export const renderCover = (cover: string, changes: RevisionChanges): string => {
  if (changes.since === null) return cover;
  const heading = `## Changes since v${changes.since}`;
  const said = patchSections(changes);
  if (said.length === 0) return cover;
  const lines = cover.trimEnd().split('\n');
  const at = lines.findIndex((line) => line.trim().toLowerCase() === heading.toLowerCase());
  if (at === -1) return `${[...lines, '', heading, '', ...said].join('\n')}\n`;
  const next = lines.findIndex((line, i) => i > at && /^##? /.test(line));
  const end = next === -1 ? lines.length : next;
  const own = lines.slice(0, end).join('\n').trimEnd();
  const rest = lines.slice(end);
  return `${[own, '', ...said, ...(rest.length > 0 ? ['', ...rest] : [])].join('\n')}\n`;
};

const patchSections = ({ patches, dropped, since }: RevisionChanges): string[] =>
  [
    ...patches.flatMap(({ patch, news, text }, at) => {
      const title = `Patch ${at + 1}, ${patch.subject}`;
      if (text.includes('\n') || /^\s*[-*]/.test(text)) return `${title}\n${text}`;
      const said = text || sayAnyway(news, since ?? 0);
      return said === null ? [] : `${title}: ${said}`;
    }),
    ...dropped.map((subject) => `No longer a patch of its own: ${subject}`),
  ]
    .flatMap((section, at) => (at === 0 ? section : ['', section]))
    .flatMap((section) => section.split('\n'));

/**
 * The text of a series' cover.md; empty when it has none.
 *
 * @throws {UserError} what reading a file of a series throws
 */
export const readCover = async (dir: string): Promise<string> => {
  try {
    return await readSeriesFile(dir, 'cover.md');
  } catch (error) {
    if ((error as { code?: string }).code === 'file-missing') return '';
    throw error;
  }
};
