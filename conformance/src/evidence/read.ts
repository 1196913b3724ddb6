// SPDX-License-Identifier: MIT
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { pathProblem } from '../archive/entry.js';
import { isTar, untar } from '../archive/untar.js';
import { EnvironmentError, UserError } from '../errors.js';
import { type Files, MANIFEST } from './manifest.js';

/** More than any run leaves behind: 2,000 cases with a kernel log each are 50 MiB. */
const MOST_BYTES = 256 * 2 ** 20;
const MOST_FILES = 1000;

/**
 * Reads a bundle: a folder, or an archive of one. Nothing is written anywhere, and nothing outside
 * is read.
 *
 * @throws UserError when it is none; EnvironmentError when it cannot be read
 */
export const readBundle = (path: string): Files => {
  try {
    // The path is the reader's own, and may be a link; what is below it may not.
    const facts = statSync(path);
    if (facts.isDirectory()) return readFolder(path);
    if (!facts.isFile()) throw new UserError(`${path} is neither a folder nor a plain file`);
    return readArchive(path);
  } catch (error) {
    if (error instanceof UserError || error instanceof EnvironmentError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new EnvironmentError(`Cannot read ${path}: ${code}`);
  }
};

const tooLarge = (path: string): UserError =>
  new UserError(
    `${path} is larger than any bundle is: more than ${MOST_BYTES / 2 ** 20} MiB or ${MOST_FILES} files`,
  );

const readFolder = (root: string): Files => {
  const files = new Map<string, Uint8Array>();
  let size = 0;
  const visit = (below: string): void => {
    for (const entry of readdirSync(join(root, below), { withFileTypes: true })) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      const problem = pathProblem(path);
      if (problem !== null)
        throw new UserError(`A file in ${root} has a name that none may have: ${problem}`);
      if (entry.isDirectory()) visit(path);
      else if (!entry.isFile()) throw new UserError(`${path} in ${root} is no plain file`);
      else {
        const file = join(root, path);
        size += lstatSync(file).size;
        if (size > MOST_BYTES || files.size >= MOST_FILES) throw tooLarge(root);
        files.set(path, readFileSync(file));
      }
    }
  };
  visit('');
  return files;
};

/** An archive has one folder, whose name does not matter, and all of the bundle in it; or it is that folder. */
const readArchive = (path: string): Files => {
  if (statSync(path).size > MOST_BYTES) throw tooLarge(path);
  const unzipped = unzip(readFileSync(path), path);
  if (!isTar(unzipped))
    throw new UserError(
      `${path} is no bundle: expected a folder, or a tar archive of one, packed with gzip or not`,
    );
  const entries = untar(unzipped);
  if (entries.length > MOST_FILES) throw tooLarge(path);
  if (entries.some(({ path: name }) => name === MANIFEST))
    return new Map(entries.map(({ path: name, bytes }) => [name, bytes]));
  const [folder] = entries[0]?.path.split('/') ?? [];
  return new Map(
    entries.map(({ path: name, bytes }) => {
      if (!name.startsWith(`${folder}/`))
        throw new UserError(`${path} has '${name}' outside its folder '${folder}'`);
      return [name.slice((folder ?? '').length + 1), bytes];
    }),
  );
};

const GZIP = [0x1f, 0x8b]; // RFC 1952

const unzip = (bytes: Uint8Array, path: string): Uint8Array => {
  if (!GZIP.every((byte, at) => bytes[at] === byte)) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(path);
    throw new UserError(`${path} is a damaged archive: ${(error as Error).message}`);
  }
};
