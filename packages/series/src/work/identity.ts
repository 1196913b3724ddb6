// SPDX-License-Identifier: MIT
import { usersGit } from './git.js';
import { refuse } from './refusals.js';

/** Who commits and when, as git takes it from the environment. */
export type Committer = Readonly<
  Record<'GIT_COMMITTER_NAME' | 'GIT_COMMITTER_EMAIL' | 'GIT_COMMITTER_DATE', string>
>;

/**
 * Who commits: what the user told git, by configuration or environment. git's own guess of login
 * and host name is nobody's identity.
 *
 * @param now seconds since 1970
 * @throws {UserError} `no-identity`
 */
export const findCommitter = async (dir: string, now: number, signal?: AbortSignal): Promise<Committer> => {
  const args = ['-c', 'user.useConfigOnly=true', 'var', 'GIT_COMMITTER_IDENT'];
  const { exitCode, stdout, stderr } = await usersGit(dir, args, signal);
  const { name, email } = /^(?<name>.*) <(?<email>[^<>]*)> \d+ [+-]\d{4}\n?$/.exec(stdout)?.groups ?? {};
  if (exitCode !== 0 || !name || !email) throw refuse('no-identity', '', stderr.trim().split('\n').at(-1));
  return { GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email, GIT_COMMITTER_DATE: `@${now} +0000` };
};
