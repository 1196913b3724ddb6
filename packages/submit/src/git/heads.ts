// SPDX-License-Identifier: MIT
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Person } from '@uio-msi/series';
import { type Described, type Temporary, withCommits } from './temporary.js';

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
export const formatHeads = async (commits: readonly Described[], options: HeadOptions): Promise<Head[]> =>
  commits.length === 0
    ? []
    : withCommits({ patches: commits }, options.signal, (repository) =>
        headsOf(repository, 'patches', options),
      );

/** What git writes of a posting. */
export interface Written {
  /** One for each patch, in order. */
  readonly heads: readonly Head[];
  /** The cover letter's; null for one without. */
  readonly cover: Head | null;
  /** The list of patches by author, as in the cover letter. */
  readonly shortlog: string;
  /** What git signs its mails with: `-- ` and its version. */
  readonly signature: string;
}

/**
 * Has git write all that is its own in the mails of a posting, in one repository.
 *
 * @param cover the cover letter, and what is in its brackets; null for none
 * @throws {EnvironmentError} `git-failed`
 */
export const writePosting = async (
  commits: readonly Described[],
  cover: { readonly letter: Described; readonly prefix: string } | null,
  options: HeadOptions,
): Promise<Written> =>
  withCommits({ patches: commits, cover: cover ? [cover.letter] : [] }, options.signal, async (made) => {
    const ofCover = async (): Promise<Head | null> => {
      if (cover === null) return null;
      const [head = null] = await headsOf(made, 'cover', {
        ...options,
        prefix: cover.prefix,
        version: null,
        numbered: false,
      });
      return head;
    };
    const [heads, coverHead, list, version] = await Promise.all([
      headsOf(made, 'patches', options),
      ofCover(),
      made.git([...SHORTLOG, 'refs/heads/patches']),
      made.git(['--version']),
    ]);
    const signature = `-- \n${version.trim().replace(/^git version /, '')}\n\n`;
    return { heads, cover: coverHead, shortlog: list, signature };
  });

// As `git format-patch --cover-letter` has it: the widths are those of make_cover_letter() in builtin/log.c.
const SHORTLOG = ['shortlog', '-w72,2,4'];

const headsOf = async ({ dir, git }: Temporary, branch: string, options: HeadOptions): Promise<Head[]> => {
  const out = join(dir, `mails-${branch}`);
  await git([...formatting(options), '-o', out, `refs/heads/${branch}`]);
  const files = (await readdir(out)).sort();
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(join(out, file), 'utf8') })));
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
