// SPDX-License-Identifier: MIT
import { type FileChange, parseDiff } from './diff.js';
import { type Letter, parseLetter } from './mail.js';
import { parseTrailers, type Trailer } from './trailers.js';

/** One patch of a series, read. */
export interface Patch extends Letter {
  /** Where it is, relative to the series folder: `0001-uio-add-an-ioctl-operation.patch`. */
  readonly file: string;
  readonly trailers: readonly Trailer[];
  readonly changes: readonly FileChange[];
  /** The whole file, as it is. */
  readonly text: string;
}

/**
 * Reads the text of a patch file. Nothing outside the text is touched.
 *
 * @param file how messages name it
 * @throws {UserError} when it is no patch that git, quilt and this project can all apply
 */
export const parsePatchFile = async (file: string, text: string): Promise<Patch> =>
  toPatch(file, await parseLetter(file, text), text);

/**
 * A patch of what its mail says.
 *
 * @throws {UserError} when its diff is none that this project can apply
 */
export const toPatch = (file: string, letter: Letter, text: string): Patch => ({
  file,
  ...letter,
  trailers: parseTrailers(letter.message),
  changes: parseDiff(file, letter.diff),
  text,
});

/** The paths a patch is about, before and after, each once. */
export const touchedPaths = (patch: Patch): string[] => [
  ...new Set(patch.changes.flatMap(({ from, to }) => [from, to]).filter((path) => path !== null)),
];
