// SPDX-License-Identifier: MIT
import { EnvironmentError } from '@uio-msi/model';
import { must, type WorkGit } from '../work/git.js';
import type { Committer } from '../work/identity.js';

/** How a patch met its new base. */
export type PickStatus = 'clean' | 'three-way' | 'already-upstream' | 'empty';

/** What picking a commit gave; null where a person has to merge. */
export type Picked = { readonly status: PickStatus; readonly commit: string | null } | null;

/**
 * Puts a commit upon another by a three-way merge of whole trees, without a checkout: renamed files
 * are followed. Clean is what says the same at other lines; what the base has already is
 * already-upstream.
 *
 * @throws {EnvironmentError} `git-too-old`
 */
export const pick = async (
  git: WorkGit,
  commit: string,
  head: string,
  committer: Committer,
): Promise<Picked> => {
  const [before, after, ours] = (
    await must(git(['rev-parse', `${commit}^^{tree}`, `${commit}^{tree}`, `${head}^{tree}`]))
  ).split('\n');
  if (before === after) return { status: 'empty', commit: null };
  const tree = await mergeTrees(git, [before ?? '', after ?? '', ours ?? ''], committer);
  if (tree === null) return null;
  if (tree === ours) return { status: 'already-upstream', commit: null };
  const made = await recommit(git, commit, tree, head, committer);
  const [old, now] = await Promise.all([commit, made].map((one) => changesOf(git, one)));
  return { status: old === now ? 'clean' : 'three-way', commit: made };
};

// git merges commits, and finds what they have in common by their parents.
const mergeTrees = async (
  git: WorkGit,
  [before, after, ours]: readonly [before: string, after: string, ours: string],
  committer: Committer,
): Promise<string | null> => {
  const env = {
    ...committer,
    GIT_AUTHOR_NAME: committer.GIT_COMMITTER_NAME,
    GIT_AUTHOR_EMAIL: committer.GIT_COMMITTER_EMAIL,
  };
  const commitTree = (tree: string, ...parents: string[]) =>
    must(
      git(['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent]), '-m', 'for a merge'], {
        env,
      }),
    );
  const root = await commitTree(before);
  const [one, other] = await Promise.all([commitTree(ours, root), commitTree(after, root)]);
  const { exitCode, stdout, stderr } = await git([
    'merge-tree',
    '--write-tree',
    '-z',
    '--name-only',
    one,
    other,
  ]);
  if (exitCode === 0) return stdout.split('\0')[0] ?? null;
  if (exitCode === 1) return null;
  throw new EnvironmentError({
    code: 'git-too-old',
    message: 'git cannot merge without a checkout',
    why: stderr.trim().split('\n')[0],
    next: 'series rebase needs git 2.38 or newer: git --version',
  });
};

/** Makes a commit of a tree with the author and the message of another commit. */
export const recommit = async (
  git: WorkGit,
  like: string,
  tree: string,
  parent: string,
  committer: Committer,
): Promise<string> => {
  const format = '--format=%an%x00%ae%x00%ad%x00%B';
  const said = await must(
    git(['log', '-1', '--date=raw', '--encoding=UTF-8', '--no-show-signature', format, like]),
  );
  const [name = '', email = '', date = '', message = ''] = said.split('\0');
  const env = { ...committer, GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: `@${date}` };
  return must(git(['commit-tree', tree, '-p', parent], { input: `${message.trimEnd()}\n`, env }));
};

// The lines of a change without what says where they are.
const changesOf = async (git: WorkGit, commit: string): Promise<string> => {
  const text = await must(
    git(['diff-tree', '-p', '--no-renames', '--no-ext-diff', '--no-textconv', '--full-index', commit]),
  );
  return text
    .split('\n')
    .slice(1)
    .filter((line) => !line.startsWith('index '))
    .map((line) => line.replace(/^@@ .*/, '@@'))
    .join('\n');
};
