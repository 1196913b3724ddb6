// SPDX-License-Identifier: MIT
import { parsePatch, type StructuredPatch, type StructuredPatchHunk } from 'diff';
import { isSafePath } from '../disk/safe-path.js';
import { problem } from '../problems.js';

/** One hunk of a file's change. */
export interface Hunk {
  /** As in the patch, without the function's name behind it: `@@ -93,6 +93,15 @@`. */
  readonly header: string;
  /** The first line it is about in the old file, 1-based; 0 when it has none. */
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** Its lines with their first character: space, `+`, `-` or `\`. */
  readonly lines: readonly string[];
}

/** What a patch does to one file. */
export interface FileChange {
  /** Path before; null when the patch makes the file. */
  readonly from: string | null;
  /** Path after; null when the patch removes the file. */
  readonly to: string | null;
  /** The file's mode before and after, when the patch changes it. */
  readonly modes: readonly [before: string, after: string] | null;
  readonly hunks: readonly Hunk[];
}

// 100644 and 100755: no symbolic links (120000), no submodules (160000).
const PLAIN = /^100(644|755)$/;

/**
 * The changes in a git diff.
 *
 * @throws {UserError} `patch-malformed`, `patch-empty`, `patch-path` (leaves the tree or touches
 *   `.git`), `patch-mode` (links, submodules) or `patch-binary`, before git ever sees the patch
 */
export const parseDiff = (file: string, diff: string): FileChange[] => {
  refuseOddModes(file, diff);
  const changes = structured(file, diff).map((change) => toChange(file, change));
  if (changes.length === 0) throw problem('patch-empty', file);
  return changes;
};

// jsdiff leaves the mode of an `index` line and binary contents aside.
const refuseOddModes = (file: string, text: string): void => {
  const odd =
    /^(?:(?:new file|deleted file|new|old) mode |index [0-9a-f]+\.\.[0-9a-f]+ )(?!100(?:644|755)$).*$/m;
  const mode = odd.exec(text);
  if (mode) throw problem('patch-mode', file, mode[0]);
  const binary = /^(?:GIT binary patch|Binary files .*)$/m.exec(text);
  if (binary) throw problem('patch-binary', file, binary[0]);
};

const structured = (file: string, text: string): StructuredPatch[] => {
  try {
    return parsePatch(text);
  } catch (error) {
    throw problem('patch-malformed', file, (error as Error).message);
  }
};

const toChange = (file: string, change: StructuredPatch): FileChange => {
  const { oldFileName, newFileName, isCreate, isDelete, oldMode, newMode } = change;
  if (!change.isGit) throw problem('patch-malformed', file, 'a change without a "diff --git" line');
  for (const mode of [oldMode, newMode])
    if (mode && !PLAIN.test(mode)) throw problem('patch-mode', file, mode);
  return {
    from: isCreate ? null : treePath(file, 'a/', oldFileName),
    to: isDelete ? null : treePath(file, 'b/', newFileName),
    modes: oldMode && newMode && oldMode !== newMode ? [oldMode, newMode] : null,
    hunks: change.hunks.map(toHunk),
  };
};

const treePath = (file: string, prefix: string, name: string | undefined): string => {
  const path = name?.startsWith(prefix) ? name.slice(prefix.length) : '';
  if (!isSafePath(path)) throw problem('patch-path', file, name ?? 'a change without a path');
  return path;
};

// jsdiff adds one to the start of an empty side.
const toHunk = ({ oldStart, oldLines, newStart, newLines, lines }: StructuredPatchHunk): Hunk => {
  const old = oldLines === 0 ? oldStart - 1 : oldStart;
  const now = newLines === 0 ? newStart - 1 : newStart;
  const header = `@@ -${range(old, oldLines)} +${range(now, newLines)} @@`;
  return { header, oldStart: old, oldLines, newStart: now, newLines, lines };
};

const range = (start: number, count: number): string => (count === 1 ? `${start}` : `${start},${count}`);
