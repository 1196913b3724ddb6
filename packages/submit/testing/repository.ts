// SPDX-License-Identifier: MIT
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for one test. */
export const makeFolder = (): { dir: string; remove: () => void } => {
  const dir = mkdtempSync(join(tmpdir(), 'uio-msi-submit-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
};

/** git with nothing of the user's configuration; throws with what it says when it fails. */
export const git = (cwd: string, args: readonly string[], input: string | Buffer = '', env = {}): string => {
  const { status, stdout, stderr } = spawnSync('git', args, {
    cwd,
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: {
      PATH: process.env['PATH'],
      HOME: cwd,
      LC_ALL: 'C',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'Jörg Exämple',
      GIT_AUTHOR_EMAIL: 'joerg@example.org',
      GIT_COMMITTER_NAME: 'Jörg Exämple',
      GIT_COMMITTER_EMAIL: 'joerg@example.org',
      ...env,
    },
  });
  if (status === 0) return stdout;
  throw new Error(`git ${args.join(' ')}: ${stderr}${stdout}`);
};

/** A commit to be made: files by name, and its message. */
export interface Change {
  readonly files: Readonly<Record<string, string>>;
  readonly message: string;
  readonly author?: string;
  readonly date?: string;
}

/** A repository with one commit for each change; the first is the base of the others. */
export const makeRepository = (dir: string, changes: readonly Change[]): void => {
  git(dir, ['init', '-q', '-b', 'main']);
  for (const [at, { files, message, author, date }] of changes.entries()) {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
    git(dir, ['add', '-A']);
    const when = date ?? `2026-11-0${(at % 9) + 1}T10:00:00+0200`;
    git(
      dir,
      ['commit', '-q', '-F', '-', `--date=${when}`, ...(author ? [`--author=${author}`] : [])],
      message,
    );
  }
};

/** What `git format-patch` makes of the commits behind the first. */
export const formatPatch = (dir: string, ...options: string[]): string[] => {
  const out = mkdtempSync(join(tmpdir(), 'uio-msi-format-'));
  git(dir, [
    'format-patch',
    '-q',
    '-o',
    out,
    ...options,
    'main',
    `^${git(dir, ['rev-list', '--max-parents=0', 'HEAD']).trim()}`,
  ]);
  const mails = readdirSync(out)
    .sort()
    .map((name) => readFileSync(join(out, name), 'utf8'));
  rmSync(out, { recursive: true });
  return mails;
};

/** The tree and the messages that `git am` gives on the first commit, for mailboxes or patch files. */
export const amResult = (dir: string, files: readonly string[]): { tree: string; messages: string } => {
  const root = git(dir, ['rev-list', '--max-parents=0', 'HEAD']).trim();
  const before = git(dir, ['rev-parse', 'HEAD']).trim();
  git(dir, ['checkout', '-q', '--detach', root]);
  try {
    git(dir, ['am', '-q', ...files]);
    return {
      tree: git(dir, ['rev-parse', 'HEAD^{tree}']).trim(),
      messages: git(dir, ['log', '--format=%an <%ae> %ad%n%B', `${root}..`]),
    };
  } finally {
    spawnSync('git', ['am', '--abort'], { cwd: dir });
    git(dir, ['checkout', '-q', '-f', before]);
  }
};
