// SPDX-License-Identifier: MIT
import { randomUUID } from 'node:crypto';
import type { CommandResult } from '@uio-msi/host';
import { must, usersGit } from '../work/git.js';
import { refuseBackport } from './refusals.js';

/** A commit that could be a patch of a series. */
export interface Commit {
  readonly commit: string;
  readonly author: { readonly name: string; readonly address: string };
  /** ISO 8601, in the author's time zone. */
  readonly date: string;
  readonly subject: string;
  /** Below the subject. */
  readonly message: string;
}

/** A repository that may have Linus' tree. */
export interface Upstream {
  readonly dir: string;
  /** Where that is; null: any of its branches. */
  readonly branch: string | null;
  readonly git: (args: readonly string[], input?: string) => Promise<CommandResult>;
}

// What people call Linus' tree, the surest first.
const BRANCHES = [
  ...['linus', 'torvalds', 'mainline', 'upstream', 'origin'].map((name) => `refs/remotes/${name}/master`),
  'refs/heads/master',
];

/**
 * Opens a repository of somebody's.
 *
 * @param branch where Linus' tree is in it; null: found by its usual names
 * @param any where it is nowhere else, take any branch
 * @throws {UserError} `git-unreadable`
 */
export const openUpstream = async (
  dir: string,
  branch: string | null,
  { signal, any = false }: { readonly signal?: AbortSignal | undefined; readonly any?: boolean },
): Promise<Upstream> => {
  const git = (args: readonly string[], input?: string) => usersGit(dir, args, signal, input);
  for (const name of branch === null ? BRANCHES : [branch]) {
    if (name.startsWith('-')) continue;
    const { exitCode } = await git(['rev-parse', '--verify', '--quiet', `${name}^{commit}`]);
    if (exitCode === 0) return { dir, branch: name, git };
  }
  if (any && branch === null) return { dir, branch, git };
  throw refuseBackport('git-unreadable', dir, branch === null ? `tried ${BRANCHES.join(', ')}` : branch);
};

// A backport of the commit is not the commit.
const BACKPORT = /^(?:commit [0-9a-f]{40} upstream\.|\[ Upstream commit [0-9a-f]{40} \])$/m;

// Nobody's text conversions and signature programs.
const PLAIN = ['--no-notes', '--no-show-signature', '--no-color', '--no-ext-diff', '--no-textconv'];

// A series waits some months, and its files see some hundred commits.
const MOST = 5000;

// Whoever amends what was merged already (--reset-author) makes the patch younger than its commit.
const EARLIER_MS = 365 * 24 * 60 * 60 * 1000;

/**
 * The commits that changed some files, newest first.
 *
 * @param since when the patch was made, ISO 8601; null when it does not say
 */
export const commitsOf = async (
  { git, branch }: Upstream,
  paths: readonly string[],
  since: string | null,
): Promise<Commit[]> =>
  read(git, [
    '--no-merges',
    '--min-parents=1', // a kernel without its history adds all files at once
    `--max-count=${MOST}`,
    ...sinceArgument(since),
    branch ?? '--all',
    '--',
    ...paths,
  ]);

const sinceArgument = (since: string | null): string[] => {
  const at = Date.parse(since ?? '');
  return Number.isNaN(at) ? [] : [`--since=${new Date(at - EARLIER_MS).toISOString()}`];
};

/**
 * One commit.
 *
 * @param name hex digits
 * @returns null when it is not there
 */
export const commitNamed = async ({ git }: Upstream, name: string): Promise<Commit | null> => {
  const { exitCode, stdout } = await git(['rev-parse', '--verify', '--quiet', `${name}^{commit}`]);
  return exitCode === 0 ? ((await read(git, ['--max-count=1', stdout.trim()]))[0] ?? null) : null;
};

/** Whether a commit is in Linus' tree; true where nobody said where that is. */
export const isMerged = async ({ git, branch }: Upstream, commit: string): Promise<boolean> =>
  branch === null || (await git(['merge-base', '--is-ancestor', commit, branch])).exitCode === 0;

/** The patch-ids (git-patch-id(1)) of some commits. */
export const patchIdsOf = async (
  { git }: Upstream,
  commits: readonly Commit[],
): Promise<ReadonlyMap<string, string>> => {
  if (commits.length === 0) return new Map();
  const input = commits.map(({ commit }) => `${commit}\n`).join('');
  const diffs = await must(git(['diff-tree', '--stdin', '-p', '--no-ext-diff', '--no-textconv'], input));
  const ids = await must(git(['patch-id', '--stable'], `${diffs}\n`));
  return new Map(
    ids.split('\n').map((line) => {
      const [id = '', commit = ''] = line.split(' ');
      return [commit, id] as const;
    }),
  );
};

/** The patch-id of a patch file. */
export const patchIdOf = async ({ git }: Upstream, text: string): Promise<string> =>
  (await must(git(['patch-id', '--stable'], text))).split(' ')[0] ?? '';

const read = async (git: Upstream['git'], args: readonly string[]): Promise<Commit[]> => {
  // Nobody can write into a message what nobody can guess.
  const mark = randomUUID();
  const format = ['', '%H', '%an', '%ae', '%aI', '%s', '%b'].join(mark);
  const text = await must(
    git(['log', '--encoding=UTF-8', '--no-patch', ...PLAIN, `--format=${format}`, ...args]),
  );
  const fields = text.split(mark);
  const commits: Commit[] = [];
  for (let at = 1; at + 5 < fields.length; at += 6) {
    const [commit = '', name = '', address = '', date = '', subject = '', message = ''] = fields.slice(
      at,
      at + 6,
    );
    if (!BACKPORT.test(message))
      commits.push({ commit, author: { name, address }, date, subject, message: message.trim() });
  }
  return commits;
};
