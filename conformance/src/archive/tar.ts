// SPDX-License-Identifier: MIT
import { type Entry, pathProblem } from './entry.js';
import { BLOCK, checksumOf, FIELDS, type Field, MAGIC } from './header.js';

/**
 * Packs files into a tar archive. The same files give the same bytes: sorted, of nobody, of no time.
 *
 * @throws Error for a path that does not fit
 */
export const tar = (entries: readonly Entry[]): Buffer => {
  const sorted = entries.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const blocks = sorted.flatMap((entry) => [headerOf(entry), entry.bytes, padding(entry.bytes.length)]);
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
};

const headerOf = ({ path, bytes, executable }: Entry): Buffer => {
  const problem = pathProblem(path);
  if (problem !== null) throw new Error(`'${path}' cannot be packed: ${problem}`);
  const header = Buffer.alloc(BLOCK);
  const put = (field: Field, text: string) => header.write(text, FIELDS[field][0], FIELDS[field][1], 'utf8');
  const octal = (field: Field, value: number) =>
    put(field, `${value.toString(8).padStart(FIELDS[field][1] - 1, '0')}\0`);
  const { name, prefix } = split(path);
  put('name', name);
  put('prefix', prefix);
  octal('mode', executable === true ? 0o755 : 0o644);
  octal('uid', 0);
  octal('gid', 0);
  octal('size', bytes.length);
  octal('mtime', 0);
  put('type', '0');
  put('magic', MAGIC);
  put('checksum', `${checksumOf(header).toString(8).padStart(6, '0')}\0 `);
  return header;
};

/** A long path is split at a slash. */
const split = (path: string): { name: string; prefix: string } => {
  const fits = (text: string, field: Field) => Buffer.byteLength(text) <= FIELDS[field][1];
  if (fits(path, 'name')) return { name: path, prefix: '' };
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
    if (fits(name, 'name') && fits(prefix, 'prefix')) return { name, prefix };
  }
  throw new Error(`'${path}' is too long for tar`);
};

const padding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
