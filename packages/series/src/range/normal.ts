// SPDX-License-Identifier: MIT
import type { FileChange } from '../patch/diff.js';
import type { Patch } from '../patch/patch.js';

/**
 * A patch without what changes by itself: line numbers, blob ids, and notes for reviewers. As
 * `git range-diff` puts it (read_patches() in range-diff.c).
 */
export interface Normal {
  /** Author and commit message. */
  readonly message: string;
  /** The changes, file by file. */
  readonly diff: string;
  /** Lines of {@link diff}. */
  readonly size: number;
}

/** The normal form of a patch. */
export const normalize = (patch: Patch): Normal => {
  const { name, address } = patch.author;
  const text = [patch.subject, '', ...patch.message.split('\n')].map((line) => (line ? `    ${line}` : ''));
  const sections = [...patch.diff.matchAll(/^@@ -\S+ \+\S+ @@ ?(.*)$/gm)].map(([, section]) => section ?? '');
  const lines = patch.changes.flatMap((change) => [
    ` ## ${titleOf(change)} ##`,
    ...change.hunks.flatMap((hunk) => [hunkTitle(change, sections.shift() ?? ''), ...hunk.lines]),
  ]);
  return {
    message: join([
      ' ## Metadata ##',
      `Author: ${name} <${address}>`,
      '',
      ' ## Commit message ##',
      ...text,
      '',
    ]),
    diff: join(lines),
    size: lines.length,
  };
};

const titleOf = ({ from, to, modes }: FileChange): string => {
  const mode = modes === null ? '' : ` (mode change ${modes.join(' => ')})`;
  if (from === null) return `${to} (new)`;
  if (to === null) return `${from} (deleted)`;
  return from === to ? `${to}${mode}` : `${from} => ${to}${mode}`;
};

const hunkTitle = ({ from, to }: FileChange, section: string): string =>
  section === '' ? `@@ ${to ?? from}` : `@@ ${to ?? from}: ${section}`;

const join = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
