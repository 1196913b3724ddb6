// SPDX-License-Identifier: MIT
import { createHash } from 'node:crypto';

/** The bundle's files by their paths, without the manifest. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** The name of the manifest in a bundle. */
export const MANIFEST = 'SHA256SUMS';

/** SHA-256, in hexadecimal. */
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The manifest of a bundle, as `sha256sum --check` reads it: the digest of every file, by path. Pure. */
export const manifestOf = (files: Files): string =>
  [...files]
    .map(([path, bytes]) => ({ path, line: `${sha256(bytes)}  ${path}\n` }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ line }) => line)
    .join('');

/** What differs between a manifest and the files it came with, a sentence each. Pure. */
export const compareManifest = (manifest: string, files: Files): string[] => {
  const named = new Map<string, string>();
  const problems: string[] = [];
  for (const line of manifest.split('\n').slice(0, -1)) {
    const [, digest, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (digest === undefined || path === undefined || named.has(path))
      problems.push(`${MANIFEST} has a line that is none of its own: ${JSON.stringify(line.slice(0, 100))}`);
    else named.set(path, digest);
  }
  for (const [path, digest] of named) {
    const bytes = files.get(path);
    if (bytes === undefined) problems.push(`${path} is missing`);
    else if (sha256(bytes) !== digest) problems.push(`${path} was altered`);
  }
  for (const path of files.keys()) if (!named.has(path)) problems.push(`${path} was added`);
  if (problems.length === 0 && manifest !== manifestOf(files))
    problems.push(`${MANIFEST} is not written as the suite writes it`);
  return problems;
};
