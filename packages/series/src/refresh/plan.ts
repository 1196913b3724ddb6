// SPDX-License-Identifier: MIT

import { changeDigest } from '../patch/digest.js';
import { withNotes } from '../patch/parts.js';
import type { Patch } from '../patch/patch.js';
import { normalize } from '../range/normal.js';
import { type Current, matchCommits, type Recorded } from './match.js';
import { nameFiles } from './names.js';

/** What a refresh does to one patch. */
export type RefreshStatus = 'unchanged' | 'lines-only' | 'changed' | 'added';

/** One patch of the series as it will be. */
export interface PlannedPatch {
  readonly file: string;
  /** Its file until now; null for a new patch. */
  readonly was: string | null;
  readonly subject: string;
  readonly status: RefreshStatus;
  /** The whole file: byte for byte what it was, when nothing in it changed. */
  readonly text: string;
  /** Its `changeDigest`: what a variant of it has to follow. */
  readonly digest: string;
  readonly commit: string;
}

/** A series as it will be. */
export interface PlannedSeries {
  readonly patches: readonly PlannedPatch[];
  /** Files of patches that no commit is left of. */
  readonly dropped: readonly string[];
  /** Whether patches that stay changed places. */
  readonly reordered: boolean;
}

/** What becomes of the patches of a series, from the commits that were made of them and those of now. */
export const planRefresh = (olds: readonly Recorded[], news: readonly Current[]): PlannedSeries => {
  const matches = matchCommits(olds, news);
  const kept = matches.filter((at) => at !== null);
  const reordered = kept.some((at, i) => i > 0 && at < (kept[i - 1] ?? 0));
  const renumber = reordered || kept.length !== news.length || kept.length !== olds.length;
  const files = nameFiles(
    news.map(({ slug, commit }, at) => {
      const old = olds[matches[at] ?? -1];
      return {
        slug,
        was: old ? { file: old.patch.file, sameSubject: old.commit.subject === commit.subject } : null,
      };
    }),
    renumber,
  );
  return {
    patches: news.map((now, at) => planPatch(files[at] ?? now.slug, olds[matches[at] ?? -1], now)),
    dropped: olds.filter((_, at) => !kept.includes(at)).map(({ patch }) => patch.file),
    reordered,
  };
};

const planPatch = (file: string, old: Recorded | undefined, { patch, commit }: Current): PlannedPatch => {
  const all = { file, subject: patch.subject, digest: changeDigest(patch), commit: commit.commit };
  if (!old) return { ...all, was: null, status: 'added', text: patch.text };
  const was = old.patch.file;
  // git am, quilt and stgit know no notes: a message without `---` says nothing about them.
  const notes = commit.notes ?? old.patch.notes;
  const sameNotes = notes.trim() === old.patch.notes.trim();
  if (sameNotes && old.commit.identity === commit.identity)
    return { ...all, was, status: 'unchanged', text: old.patch.text };
  const text = withNotes(patch.text, notes);
  return { ...all, was, status: sameNotes && sameChange(old.patch, patch) ? 'lines-only' : 'changed', text };
};

/** Whether two patches differ in nothing but line numbers and blob ids. */
export const sameChange = (a: Patch, b: Patch): boolean => {
  const [one, other] = [normalize(a), normalize(b)];
  return one.diff === other.diff && one.message === other.message;
};
