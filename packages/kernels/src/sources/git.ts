// SPDX-License-Identifier: MIT
import { type CommandResult, run } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';
import type { GitSource } from '../catalogue/kernel.js';
import { git, OURSELVES } from '../store/git.js';
import type { SourceKind } from './source.js';

/**
 * How long a server may take to say whether it has a tag, in seconds. git itself would wait for
 * minutes when the network swallows packets.
 */
export const SECONDS_TO_ANSWER = 10;

// A transfer that brings less than 1 kB/s for half a minute is given up (git-config(1)).
const STALL = ['-c', 'http.lowSpeedLimit=1000', '-c', 'http.lowSpeedTime=30'];

const FETCH = [
  'fetch',
  '--depth=1',
  '--no-tags',
  '--no-write-fetch-head',
  '--no-auto-maintenance',
  '--progress',
];

/** The user's own configuration counts here: it has proxies and certificates. Nobody is asked anything. */
export const REMOTE = { ...OURSELVES, GIT_TERMINAL_PROMPT: '0' };

const failed = (url: string, why: string): EnvironmentError =>
  new EnvironmentError({ code: 'git-fetch-failed', message: `cannot fetch from ${url}`, why });

const complaint = (text: string): string =>
  text
    .trim()
    .split('\n')
    .at(0)
    ?.replace(/^fatal: /, '') || 'git said nothing';

/** The error for a repository that could not be asked. */
export const whyNot = (url: string, result: CommandResult): EnvironmentError =>
  failed(url, result.timedOut ? `no answer in ${SECONDS_TO_ANSWER} seconds` : complaint(result.stderr));

/** The tree of a tag, fetched without history. */
export const gitKind: SourceKind<GitSource> = {
  name: ({ url, tag }) => `git ${url} ${tag}`,
  async obtain({ url, tag }, { version }, { store, lock, signal, tell }) {
    const refs = `refs/tags/${tag}`;
    tell(`asking for ${tag}`);
    const asked = await run('git', ['ls-remote', '--exit-code', '--', url, refs], {
      env: REMOTE,
      timeoutSeconds: SECONDS_TO_ANSWER,
      signal,
    });
    if (asked.exitCode === 2) throw failed(url, `it has no tag ${tag}`);
    if (asked.exitCode !== 0) throw whyNot(url, asked);

    const ref = `refs/imports/${version}`;
    const complaints: string[] = [];
    const onLine = (line: string) => {
      const [, text, percent] = /^(?:remote: )?([A-Z][\w ]+): +(\d+)%/.exec(line) ?? [];
      if (text !== undefined) tell(`git: ${text.toLowerCase()}`, Number(percent) / 100);
      else if (/^(fatal|error): /.test(line)) complaints.push(line);
    };
    const args = [`--git-dir=${store.gitDir}`, ...STALL, ...FETCH, '--', url, `+${refs}:${ref}`];
    const fetched = await run('git', args, { env: REMOTE, onLine, lock, signal });
    if (fetched.exitCode !== 0) throw failed(url, complaint(complaints.join('\n')));
    const tree = await git(store.gitDir, 'rev-parse', '--verify', `${ref}^{tree}`);
    return { tree, source: `git ${url} ${tag}` };
  },
};
