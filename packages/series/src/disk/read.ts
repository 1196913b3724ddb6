// SPDX-License-Identifier: MIT
import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { join } from 'node:path';
import { problem } from '../problems.js';
import { isSafePath } from './safe-path.js';

// The mailing lists refuse mails over 100 kB; the largest patches of the kernel's history, generated
// register headers, have a few MiB.
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * The text of a file of a series.
 *
 * @param file relative to `dir`
 * @throws {UserError} when it leaves the folder, is missing, is no regular file (links, devices,
 *   pipes), is over 8 MiB, or is not UTF-8 text with Unix line ends
 */
export const readSeriesFile = async (dir: string, file: string): Promise<string> => {
  if (!isSafePath(file)) throw problem('file-outside', file);
  const folders = file.split('/').map((_, depth, names) => names.slice(0, depth).join('/'));
  for (const folder of folders.slice(1)) await requireFolder(dir, folder, file);
  const handle = await openPlain(join(dir, file), file);
  try {
    return decode(await readBounded(handle, file), file);
  } finally {
    await handle.close();
  }
};

const requireFolder = async (dir: string, folder: string, file: string): Promise<void> => {
  const found = await lstat(join(dir, folder)).catch((error) => explain(error, file));
  if (!found.isDirectory()) throw problem('file-outside', file, `${folder} is not a folder`);
};

// O_NONBLOCK: opening a pipe or a device must not wait for somebody at its other end.
const openPlain = (path: string, file: string): Promise<FileHandle> =>
  open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch((error) =>
    explain(error, file),
  );

const explain = (error: NodeJS.ErrnoException, file: string): never => {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw problem('file-missing', file);
  throw problem('file-special', file, error.message);
};

const readBounded = async (handle: FileHandle, file: string): Promise<Buffer> => {
  const { size, isFile } = await handle.stat().then((s) => ({ size: s.size, isFile: s.isFile() }));
  if (!isFile) throw problem('file-special', file);
  if (size > MAX_BYTES) throw problem('file-too-big', file, `it has ${size} bytes`);
  return await handle.readFile();
};

const decode = (bytes: Buffer, file: string): string => {
  if (bytes.includes(0)) throw problem('file-binary', file, 'it has NUL bytes');
  if (bytes.includes('\r\n')) throw problem('file-crlf', file);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw problem('file-encoding', file);
  }
};
