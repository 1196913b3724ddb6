// SPDX-License-Identifier: MIT
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';
import type { Person } from '@uio-msi/series';
import { gitDate, type Stamp } from '../mail/date.js';

/** What git needs to know of a commit to write its mail down to the `---`. */
export interface Described {
  readonly author: Person;
  readonly date: Stamp;
  readonly subject: string;
  readonly message: string;
}

/** How the mails are to be. */
export interface HeadOptions {
  /** In the brackets, before version and number: `RFC PATCH`. Empty: no brackets at all. */
  readonly prefix: string;
  /** 2 for v2; null: the subject says none. */
  readonly version: number | null;
  /** Whether there are numbers in the brackets; git gives a lone patch one only when told to. */
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
  const dir = await mkdtemp(join(tmpdir(), 'uio-msi-mail-'));
  try {
    const repository = join(dir, 'git');
    const out = join(dir, 'out');
    const git = gitIn(dir, options.signal);
    await git(['init', '--quiet', '--bare', '--template=', repository]);
    await git(['-C', repository, 'fast-import', '--quiet', '--force'], stream(commits));
    await git(['-C', repository, ...formatting(options), '-o', out, BRANCH]);
    const files = (await readdir(out)).sort();
    return await Promise.all(
      files.map(async (file) => ({ file, text: await readFile(join(out, file), 'utf8') })),
    );
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
};

const BRANCH = 'refs/heads/mail';

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

// git of another repository, or with a user's settings for formats, would not write the same.
const CLEAN = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_OBJECT_DIRECTORY: undefined,
  LC_ALL: 'C',
};

const gitIn =
  (cwd: string, signal: AbortSignal | undefined) =>
  async (args: readonly string[], input?: string): Promise<void> => {
    const { exitCode, stderr } = await run('git', args, { cwd, env: CLEAN, signal, input });
    if (exitCode === 0) return;
    throw new EnvironmentError({
      code: 'git-failed',
      message: `git could not write the headers of the mails`,
      why: stderr.trim().split('\n').at(-1),
      next: 'git 2.32 or newer is needed: ./uio-msi doctor says which there is',
    });
  };

const stream = (commits: readonly Described[]): string =>
  commits
    .map(({ author, date, subject, message }) => {
      const text = `${subject}\n${message === '' ? '' : `\n${message}\n`}`;
      const who = `${author.name} <${author.address}> ${gitDate(date)}`.trimStart();
      return [
        `commit ${BRANCH}`,
        `author ${who}`,
        'committer mail <mail@localhost> 0 +0000',
        `data ${Buffer.byteLength(text)}`,
        `${text}\n`,
      ].join('\n');
    })
    .join('');
