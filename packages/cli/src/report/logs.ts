// SPDX-License-Identifier: MIT
import {
  createReadStream,
  createWriteStream,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip, gunzipSync } from 'node:zlib';
import type { LogExcerpt } from '@uio-msi/report';

// A browser shows so much at once; what is longer stays compressed.
const PLAIN = 1 << 20;

// What a page shows of a log.
const END = 16 << 10;

interface Read {
  readonly size: number;
  /** The whole of it when it is short; null when it is not. */
  readonly whole: Buffer | null;
  readonly end: string;
}

// Most logs are short, and there are tens of thousands: a stream for each takes longer than to read it.
const readShort = (path: string): Read | null => {
  if (statSync(path).size > PLAIN) return null;
  const file = readFileSync(path);
  try {
    const whole = path.endsWith('.gz') ? gunzipSync(file, { maxOutputLength: PLAIN }) : file;
    return { size: whole.length, whole, end: endOf(whole.subarray(-END), whole.length) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return null;
    throw error;
  }
};

// The first line is cut, unless there is no other.
const endOf = (end: Buffer, size: number): string => {
  const text = end.toString('utf8');
  return size > END ? text.slice(text.indexOf('\n') + 1) : text;
};

// Of a log of 200 MB no more than this is ever in memory.
const readLong = async (path: string): Promise<Read> => {
  let size = 0;
  let begin: Buffer[] | null = [];
  let end = Buffer.alloc(0);
  const source = createReadStream(path);
  const take = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of chunks) {
      size += chunk.length;
      begin = size <= PLAIN ? (begin?.concat(chunk) ?? null) : null;
      end = Buffer.concat([end, chunk.subarray(-END)]).subarray(-END);
    }
  };
  await (path.endsWith('.gz') ? pipeline(source, createGunzip(), take) : pipeline(source, take));
  return { size, whole: begin && Buffer.concat(begin), end: endOf(end, size) };
};

/**
 * Puts a log into a report: as text when a browser can show it, else compressed.
 *
 * @param path the log, compressed when its name ends with `.gz`
 * @param dir the report's folder
 * @param name what it is called there, without suffix
 * @returns null when it is gone or damaged: it is not linked then
 */
export const copyLog = async (path: string, dir: string, name: string): Promise<LogExcerpt | null> => {
  try {
    const { size, whole, end } = readShort(path) ?? (await readLong(path));
    const file = `${name}${whole ? '.txt' : '.log.gz'}`;
    const target = join(dir, file);
    mkdirSync(dirname(target), { recursive: true });
    if (whole) writeFileSync(target, whole);
    else if (path.endsWith('.gz')) await copyFile(path, target);
    else await pipeline(createReadStream(path), createGzip(), createWriteStream(target));
    return { end, size, file };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code?.startsWith('Z_')) return null;
    throw error;
  }
};
