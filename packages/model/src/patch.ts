// SPDX-License-Identifier: MIT

/**
 * How one patch of a series met a tree, best first.
 *
 * - clean: every hunk where its line numbers say
 * - offset: every hunk found, some at other lines
 * - fuzz: some context had to be ignored
 * - three-way: merged with the blobs that the patch's index lines name
 * - already-upstream: the tree has the change
 * - missing-file: a file it changes is not there
 * - conflict: at least one hunk does not fit
 * - not-tried: a patch before it did not apply
 */
export const PATCH_STATUSES = [
  'clean',
  'offset',
  'fuzz',
  'three-way',
  'already-upstream',
  'missing-file',
  'conflict',
  'not-tried',
] as const;

/** One of {@link PATCH_STATUSES}. */
export type PatchStatus = (typeof PATCH_STATUSES)[number];

/** A hunk that did not fit, for the reader of a conflict. */
export interface RejectedHunk {
  readonly file: string;
  /** The hunk's header as in the patch: `@@ -93,6 +93,15 @@`; null when the whole file is at fault. */
  readonly hunk: string | null;
  readonly reason: string;
}

/** What happened to one patch. */
export interface PatchResult {
  /** File name in the series: `0001-uio-add-an-ioctl-operation.patch`. */
  readonly file: string;
  readonly subject: string;
  readonly status: PatchStatus;
  /** The tree after this patch (a git object id); null when it was not applied. */
  readonly tree: string | null;
  readonly rejected: readonly RejectedHunk[];
}

/** Whether a patch with this status is part of the resulting tree. */
export const isApplied = (status: PatchStatus): boolean =>
  status === 'clean' ||
  status === 'offset' ||
  status === 'fuzz' ||
  status === 'three-way' ||
  status === 'already-upstream';
