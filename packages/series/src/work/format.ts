// SPDX-License-Identifier: MIT
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { putTogether, takeApart, withNotes } from '../patch/parts.js';
import { type Patch, parsePatchFile } from '../patch/patch.js';
import { problem } from '../problems.js';
import { must, type WorkGit } from './git.js';
import { liftTrailers } from './lift.js';

/** A commit as a patch file. */
export interface FormattedPatch {
  /** The name that git gives it, without its number: `uio-add-an-ioctl-operation.patch`. */
  readonly slug: string;
  readonly patch: Patch;
}

// What makes the files the same on every machine: none of it is left to a configuration, which the
// worktree's own could hold. Full index lines are what `git am -3` finds the old files by.
const STABLE = [
  '--zero-commit',
  '--full-index',
  '--no-signature',
  '--no-base',
  '--no-attach',
  '--no-thread',
  '--no-cover-letter',
  '--no-signoff',
  '--no-notes',
  '--no-from',
  '--no-to',
  '--no-cc',
  '--no-add-header',
  '--no-ext-diff',
  '--no-textconv',
  '--no-binary',
  '--encoding=UTF-8',
  '--diff-algorithm=myers',
  '--indent-heuristic',
  '--unified=3',
  '--inter-hunk-context=0',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--find-renames=50%',
  '--always',
];
const SETTINGS = ['diff.suppressBlankEmpty=false', 'core.quotePath=true', 'format.filenameMaxLength=64'];

// As for the files of a series.
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * The commits between two as patch files, oldest first, as git writes them.
 *
 * @param prefix what goes into the brackets of the subjects: `PATCH`
 * @param numbered whether numbers do, too
 * @throws {UserError} what {@link parsePatchFile} throws for a commit that is no patch of a series
 */
export const formatCommits = async (
  git: WorkGit,
  range: {
    readonly base: string;
    readonly head: string;
    readonly prefix: string;
    readonly numbered?: boolean;
  },
): Promise<FormattedPatch[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'uio-msi-format-'));
  try {
    const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
    const numbers = range.numbered ? '--numbered' : '--no-numbered';
    const where = [numbers, `--subject-prefix=${range.prefix}`, '-o', folder, `${range.base}..${range.head}`];
    await must(git([...settings, 'format-patch', '--quiet', ...STABLE, ...where]));
    const names = (await readdir(folder)).sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
    return await Promise.all(names.map((name) => read(join(folder, name), name)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const read = async (path: string, name: string): Promise<FormattedPatch> => {
  const { size } = await stat(path);
  if (size > MAX_BYTES) throw problem('file-too-big', name, `it has ${size} bytes`);
  const bytes = await readFile(path);
  if (bytes.includes(0)) throw problem('file-binary', name, 'it has NUL bytes');
  if (bytes.includes('\r\n')) throw problem('file-crlf', name);
  const text = lifted(bytes.toString('utf8'));
  if (!/^diff --git /m.test(text)) throw problem('commit-empty', name);
  return { slug: name.replace(/^\d+-/, ''), patch: await parsePatchFile(name, text) };
};

const lifted = (text: string): string => {
  const parts = takeApart(text);
  const { message, notes } = liftTrailers({ message: parts.message, notes: parts.notes });
  return notes === parts.notes ? text : withNotes(putTogether({ ...parts, message }), notes ?? '');
};
