// SPDX-License-Identifier: MIT
import { randomUUID } from 'node:crypto';
import { must, type WorkGit } from './git.js';
import { liftTrailers, type Said } from './lift.js';
import { refuse } from './refusals.js';

/** A commit, as far as a patch has it. */
export interface ReadCommit {
  readonly commit: string;
  readonly subject: string;
  /** Everything that the patch file depends on but the notes: equal for equal patches. */
  readonly identity: string;
  /** What the message has behind a line `---`; null without that line. */
  readonly notes: string | null;
}

// As many as a series can have.
const MOST = 1000;

/**
 * The commits between two, oldest first.
 *
 * @throws {UserError} `merge-commit`, `too-many`
 */
export const readCommits = async (
  git: WorkGit,
  dir: string,
  base: string,
  head: string,
): Promise<ReadCommit[]> => {
  const listed = await must(git(['rev-list', '--parents', `--max-count=${MOST + 1}`, `${base}..${head}`]));
  const lines = listed.split('\n').filter((line) => line !== '');
  if (lines.length > MOST) throw refuse('too-many', dir);
  const merge = lines.find((line) => line.split(' ').length > 2);
  if (merge !== undefined) throw refuse('merge-commit', dir, merge.slice(0, 12));
  if (lines.length === 0) return [];
  // Nobody can write into a message what nobody can guess.
  const mark = randomUUID();
  const format = ['', '%H', '%an <%ae> %ad', '%B', ''].join(mark);
  const text = await must(
    git([
      'log',
      '--reverse',
      '--date=raw',
      '--encoding=UTF-8',
      '--no-notes',
      '--no-show-signature',
      '--no-color',
      '--no-ext-diff',
      '--no-textconv',
      '--raw',
      '--no-abbrev',
      '--no-renames',
      `--format=${format}`,
      `${base}..${head}`,
    ]),
  );
  const fields = text.split(mark);
  const commits: ReadCommit[] = [];
  for (let at = 1; at + 3 < fields.length; at += 4) {
    const [commit = '', author = '', message = '', raw = ''] = fields.slice(at, at + 4);
    commits.push(toCommit(commit, author, message, raw));
  }
  return commits;
};

const toCommit = (commit: string, author: string, message: string, raw: string): ReadCommit => {
  const { message: said, notes } = liftTrailers(cutNotes(message));
  const changes = raw.split('\n').filter((line) => line.startsWith(':'));
  const paragraph = said.split(/\n[^\S\n]*\n/, 1)[0] ?? '';
  return {
    commit,
    subject: paragraph.replace(/\s+/g, ' ').trim(),
    identity: [author, said.trim(), ...changes].join('\n'),
    notes,
  };
};

const cutNotes = (message: string): Said => {
  const found = /^---[^\S\n]*$/m.exec(message);
  if (!found) return { message, notes: null };
  const notes = message.slice(found.index + found[0].length).trim();
  return { message: message.slice(0, found.index), notes };
};
