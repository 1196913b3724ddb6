// SPDX-License-Identifier: MIT
import { run } from '@uio-msi/host';
import { UserError } from '@uio-msi/model';
import type { Person } from '@uio-msi/series';
import { parseMailbox } from '../mail/address.js';

/** git's configuration: the last value of each key, in lower case but for what is between dots. */
export type GitConfig = ReadonlyMap<string, string>;

/** Reads git's configuration as it is in a folder. */
export const readGitConfig = async (dir: string): Promise<GitConfig> => {
  const { exitCode, stdout } = await run('git', ['config', '--list', '-z'], { cwd: dir });
  if (exitCode !== 0) return new Map();
  return new Map(
    stdout
      .split('\0')
      .filter((entry) => entry !== '')
      .map((entry) => {
        const [key = '', ...value] = entry.split('\n');
        return [key, value.join('\n')] as const;
      }),
  );
};

const missing = (what: string): UserError =>
  new UserError({
    code: 'identity-missing',
    message: 'git does not know who you are',
    why: what,
    next: 'git config --global user.name "Your Name" && git config --global user.email you@example.org',
  });

/**
 * Who sends: `sendemail.from`, or `user.name` and `user.email`. Nothing is guessed from the machine.
 *
 * @throws {UserError} `identity-missing`
 */
export const readSender = (config: GitConfig): Person => {
  const from = parseMailbox(config.get('sendemail.from') ?? '');
  const name = from?.name || config.get('user.name')?.trim();
  const address = from?.address ?? parseMailbox(config.get('user.email') ?? '')?.address;
  if (!name) throw missing('user.name is not set');
  if (!address) throw missing('user.email is not set, or is no address');
  return { name, address };
};
