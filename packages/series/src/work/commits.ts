// SPDX-License-Identifier: MIT
import { applySeries } from '../apply/apply.js';
import { takeApart } from '../patch/parts.js';
import type { Patch } from '../patch/patch.js';
import { must, type WorkGit } from './git.js';
import type { Committer } from './identity.js';
import { refuse } from './refusals.js';

/** A patch as a commit. */
export interface PatchCommit {
  readonly file: string;
  readonly commit: string;
}

/**
 * The message of a patch as a commit: what git am would make of it and, below `---`, the notes,
 * which git keeps there through any rebase and format-patch puts back in their place.
 */
export const commitMessage = ({ subject, message, notes }: Patch): string =>
  [
    subject,
    ...(message || notes ? [''] : []),
    ...(message ? [message] : []),
    ...(notes ? ['---', notes] : []),
  ]
    .map((line) => `${line}\n`)
    .join('');

/**
 * Makes commits of patches, one upon the other, without a checkout. Authors and their dates are the
 * patches'.
 *
 * @param gitDir where trees and commits go
 * @param parent the commit below the first
 * @param name of what they are applied to, for messages
 * @throws {UserError} `not-applying` when a patch does not apply
 */
export const commitPatches = async (
  git: WorkGit,
  gitDir: string,
  parent: string,
  patches: readonly Patch[],
  { committer, name, signal }: { committer: Committer; name: string; signal?: AbortSignal | undefined },
): Promise<PatchCommit[]> => {
  const { patches: results } = await applySeries(gitDir, parent, patches, { signal });
  const commits: PatchCommit[] = [];
  let head = parent;
  for (const [at, patch] of patches.entries()) {
    const { tree, status, rejected } = results[at] ?? { tree: null, status: 'not-tried', rejected: [] };
    if (tree === null)
      throw refuse(
        'not-applying',
        patch.file,
        [
          `${status} on ${name}`,
          ...rejected.map(({ file, hunk, reason }) => `${file} ${hunk ?? ''}: ${reason}`),
        ].join('; '),
      );
    head = await must(
      git(['commit-tree', tree, '-p', head], {
        input: commitMessage(patch),
        env: { ...committer, ...authorOf(patch, committer.GIT_COMMITTER_DATE) },
      }),
    );
    commits.push({ file: patch.file, commit: head });
  }
  return commits;
};

// The Date: of a patch has the author's time zone, which its parsed form has not.
const DATE = /^Date: *((?:[A-Z][a-z]{2}, *)?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}) *$/m;

const authorOf = ({ author, text, date }: Patch, now: string): Record<string, string> => ({
  GIT_AUTHOR_NAME: author.name || author.address,
  GIT_AUTHOR_EMAIL: author.address,
  GIT_AUTHOR_DATE: DATE.exec(takeApart(text).head)?.[1] ?? (date && isoDate(date)) ?? now,
});

const isoDate = (date: string): string | null => (/^\d{4}-\d\d-\d\dT/.test(date) ? date : null);
