// SPDX-License-Identifier: MIT
import { UserError } from '../errors.js';
import { type Entry, pathProblem } from './entry.js';
import { BLOCK, checksumOf, FIELDS, type Field } from './header.js';

const REGULAR = ['0', '\0'];
const FOLDER = '5';
/** Of pax, one file's or all; of GNU, a long name or link. */
const EXTENSIONS = new Set(['x', 'g', 'L', 'K']);

/**
 * Takes a tar archive apart, which anybody may have made: plain files and folders alone, each once,
 * none outside. Links, devices and extensions of the format are refused, not interpreted.
 *
 * @throws UserError saying what is wrong with it
 */
export const untar = (archive: Uint8Array): Entry[] => {
  const entries = new Map<string, Entry>();
  let at = 0;
  for (;;) {
    const header = archive.subarray(at, at + BLOCK);
    if (header.length < BLOCK) throw new UserError('The archive ends in the middle of a file');
    if (header.every((byte) => byte === 0)) break;
    const { path, size, type, executable } = readHeader(header);
    at += BLOCK;
    if (type === FOLDER) {
      const folder = path.replace(/\/$/, '');
      if (folder !== '' && folder !== '.') refusePath(folder);
      continue;
    }
    if (EXTENSIONS.has(type))
      throw new UserError(
        'The archive has extended headers: pack the folder with tar --format=ustar, or give the folder itself',
      );
    if (!REGULAR.includes(type)) throw new UserError(`'${printable(path)}' in the archive is no plain file`);
    refusePath(path);
    if (entries.has(path)) throw new UserError(`'${path}' is in the archive twice`);
    const bytes = archive.subarray(at, at + size);
    if (bytes.length < size) throw new UserError(`The archive ends in the middle of '${path}'`);
    entries.set(path, { path, bytes, executable });
    at += Math.ceil(size / BLOCK) * BLOCK;
  }
  if (archive.subarray(at).some((byte) => byte !== 0))
    throw new UserError('The archive goes on behind its end');
  return [...entries.values()];
};

/** Whether the bytes begin as a tar archive does. */
export const isTar = (bytes: Uint8Array): boolean =>
  bytes.length >= BLOCK && readText(bytes, 'magic').startsWith('ustar');

const readRaw = (header: Uint8Array, field: Field): Buffer =>
  Buffer.from(header.subarray(FIELDS[field][0], FIELDS[field][0] + FIELDS[field][1]));

const readText = (header: Uint8Array, field: Field): string =>
  readRaw(header, field).toString('utf8').replace(/\0.*$/s, '');

const readHeader = (header: Uint8Array) => {
  const text = (field: Field) => readText(header, field);
  const octal = (field: Field): number => {
    const digits = text(field).trim();
    if (!/^[0-7]{1,11}$/.test(digits)) throw new UserError(`The archive has a header with a bad ${field}`);
    return Number.parseInt(digits, 8);
  };
  if (octal('checksum') !== checksumOf(header))
    throw new UserError('The archive is no tar archive, or was damaged: the checksum of a header is wrong');
  const prefix = text('magic').startsWith('ustar') ? text('prefix') : '';
  const name = text('name');
  const path = prefix === '' ? name : `${prefix}/${name}`;
  return {
    // As `tar -C FOLDER .` names what is in it.
    path: path.replace(/^\.\//, ''),
    size: octal('size'),
    type: readRaw(header, 'type').toString('latin1'),
    executable: (octal('mode') & 0o111) !== 0,
  };
};

const refusePath = (path: string): void => {
  const problem = pathProblem(path);
  if (problem !== null) throw new UserError(`The archive has a file named '${printable(path)}': ${problem}`);
};

const printable = (path: string): string => JSON.stringify(path.slice(0, 100)).slice(1, -1);
