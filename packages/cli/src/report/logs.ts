// SPDX-License-Identifier: MIT
import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
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

// Of a log of 200 MB no more than this is ever in memory.
const readLog = async (path: string): Promise<Read> => {
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
  const text = end.toString('utf8');
  // The first line is cut, unless there is no other.
  return {
    size,
    whole: begin && Buffer.concat(begin),
    end: size > END ? text.slice(text.indexOf('\n') + 1) : text,
  };
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
    const { size, whole, end } = await readLog(path);
    const file = `${name}${whole ? '.txt' : '.log.gz'}`;
    const target = join(dir, file);
    await mkdir(dirname(target), { recursive: true });
    if (whole) await writeFile(target, whole);
    else if (path.endsWith('.gz')) await copyFile(path, target);
    else await pipeline(createReadStream(path), createGzip(), createWriteStream(target));
    return { end, size, file };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code?.startsWith('Z_')) return null;
    throw error;
  }
};
