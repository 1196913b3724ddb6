// SPDX-License-Identifier: MIT
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Person } from '@uio-msi/series';
import { BRANCH, type Described, withCommits } from './temporary.js';

/** How the mails are to be. */
export interface HeadOptions {
  /** In the brackets, before version and number: `RFC PATCH`. */
  readonly prefix: string;
  /** 2 for v2; null: the subject says none. */
  readonly version: number | null;
  /** Whether there are numbers in the brackets. */
  readonly numbered: boolean;
  /** Who sends them, so that another author is named in the body; null: each its author. */
  readonly sender: Person | null;
  readonly signal?: AbortSignal | undefined;
}

/** A mail as git begins it. */
export interface Head {
  /** The name that git gives its file. */
  readonly file: string;
  /** From the mbox line, with a zero hash, to the end of the message. */
  readonly text: string;
}

/**
 * Has git itself write the headers and messages of patches (`git format-patch` on commits without
 * changes), so that folding, encoded words, in-body authors and file names are git's own.
 *
 * @throws {EnvironmentError} `git-failed`
 */
export const formatHeads = async (commits: readonly Described[], options: HeadOptions): Promise<Head[]> => {
  if (commits.length === 0) return [];
  return withCommits(commits, options.signal, async ({ dir, git }) => {
    const out = join(dir, 'out');
    await git([...formatting(options), '-o', out, BRANCH]);
    const files = (await readdir(out)).sort();
    return Promise.all(files.map(async (file) => ({ file, text: await readFile(join(out, file), 'utf8') })));
  });
};

const formatting = ({ prefix, version, numbered, sender }: HeadOptions): string[] => [
  ...(sender ? ['-c', `user.name=${sender.name}`, '-c', `user.email=${sender.address}`] : []),
  'format-patch',
  '--quiet',
  '--root',
  '--always',
  '--zero-commit',
  '--no-signature',
  '--no-attach',
  '--no-thread',
  numbered ? '--numbered' : '--no-numbered',
  `--subject-prefix=${prefix}`,
  ...(version === null ? [] : [`-v${version}`]),
  ...(sender ? [`--from=${sender.name} <${sender.address}>`] : []),
];

/**
 * The list of patches in a cover letter, by author, as `git format-patch --cover-letter` has it: the
 * widths are those of make_cover_letter() in builtin/log.c.
 *
 * @throws {EnvironmentError} `git-failed`
 */
export const shortlog = (commits: readonly Described[], signal?: AbortSignal): Promise<string> =>
  withCommits(commits, signal, ({ git }) => git(['shortlog', '-w72,2,4', BRANCH]));

/** What git signs its mails with: `-- ` and its version. */
export const signature = async (commits: readonly Described[], signal?: AbortSignal): Promise<string> =>
  withCommits(commits, signal, async ({ git }) => {
    const version = (await git(['--version'])).trim().replace(/^git version /, '');
    return `-- \n${version}\n\n`;
  });
