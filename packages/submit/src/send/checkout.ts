// SPDX-License-Identifier: MIT
import { run } from '@uio-msi/host';
import { EnvironmentError, UserError } from '@uio-msi/model';

const gitIn = (dir: string, args: readonly string[]) => run('git', ['-C', dir, ...args]);

// What is ignored and no file of a series: the backups of an editor.
const isJunk = (line: string): boolean =>
  line.startsWith('!! ') && !/(?:\/|\.(?:patch|md|ya?ml|mbox)|SUMS|series)"?$/.test(line);

/**
 * The commit that has a series as it is on disk: what a tag can name.
 *
 * @returns null when the series is in no repository, or in one without commits
 * @throws {UserError} `series-uncommitted` when what would be sent is in no commit
 */
export const committed = async (dir: string): Promise<string | null> => {
  const head = await gitIn(dir, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (head.exitCode !== 0) return null;
  // Also what somebody's own gitignore hides: a patch that is in no commit cannot be tagged.
  const status = await gitIn(dir, ['status', '--porcelain', '--ignored=matching', '--', '.']);
  const changes = status.stdout.split('\n').filter((line) => line !== '' && !isJunk(line));
  if (status.exitCode === 0 && changes.length === 0) return head.stdout.trim();
  throw new UserError({
    code: 'series-uncommitted',
    message: 'the series has changes that are not committed',
    why: changes.join('\n') || status.stderr.trim(),
    next: 'commit them: what is sent is tagged, so that it can be found again',
  });
};

/**
 * Tags the commit that a posting was made of. Tagging the same again changes nothing.
 *
 * @throws {EnvironmentError} `tag-failed`
 */
export const tagCommit = async (dir: string, tag: string, commit: string, message: string): Promise<void> => {
  const before = await gitIn(dir, ['rev-parse', '--verify', '--quiet', `refs/tags/${tag}^{commit}`]);
  if (before.exitCode === 0 && before.stdout.trim() === commit) return;
  const { exitCode, stderr } = await gitIn(dir, [
    'tag',
    '--annotate',
    '--no-sign',
    '-m',
    message,
    tag,
    commit,
  ]);
  if (exitCode === 0) return;
  throw new EnvironmentError({
    code: 'tag-failed',
    message: `the tag ${tag} could not be made; all mails are sent`,
    why: stderr.trim(),
    next: 'rename the tag that is in the way, then ./uio-msi submit resume',
  });
};
