// SPDX-License-Identifier: MIT
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EnvironmentError, Interrupted } from '@uio-msi/model';
import { syncFolder } from '../files/atomic.js';
import { fileDigest } from '../files/digest.js';
import { explainRefusal } from '../files/refusal.js';
import { downloadFailed } from './failure.js';
import { type Answer, request } from './request.js';

/** What is downloaded, and who is told. */
export interface DownloadOptions {
  /** What the file must be, in hex. */
  readonly sha256: string;
  readonly signal?: AbortSignal | undefined;
  /** Called with the part that is there, 0 to 1, when the server says how much there is. */
  readonly onFraction?: ((fraction: number) => void) | undefined;
}

// How often a connection that breaks in the middle is made again.
const ATTEMPTS = 4;

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

const isWhole = async (path: string, sha256: string): Promise<boolean> =>
  (await sizeOf(path)) > 0 && (await fileDigest(path)) === sha256;

/** Where the answer's first byte belongs: RFC 9110, 14.4 (Content-Range) and 15.3.7 (206). */
const startOf = ({ status, headers }: Answer, have: number): number | null => {
  if (status === 200) return 0;
  const range = /^bytes (\d+)-/.exec(headers.get('content-range') ?? '');
  return status === 206 && Number(range?.[1]) === have ? have : null;
};

/** Writes an answer's body where it belongs in the file. */
const keep = async (answer: Answer, part: string, start: number, options: DownloadOptions): Promise<void> => {
  const total = start + Number(answer.headers.get('content-length') ?? Number.NaN);
  const file = await open(part, start === 0 ? 'w' : 'a');
  try {
    let got = start;
    for await (const piece of answer.pieces) {
      await file.writeFile(piece);
      got += piece.length;
      if (total > 0) options.onFraction?.(got / total);
    }
    await file.sync();
  } finally {
    await file.close();
  }
};

const receive = async (url: string, part: string, options: DownloadOptions): Promise<void> => {
  const have = await sizeOf(part);
  const headers: Record<string, string> = have > 0 ? { range: `bytes=${have}-` } : {};
  await request(url, headers, options.signal, async (answer) => {
    if (answer.status === 416) return; // nothing is missing: the checksum says whether it is right
    const start = startOf(answer, have);
    if (start === null) throw downloadFailed(url, `the server answered ${answer.status}`);
    await keep(answer, part, start, options).catch((error: unknown) => {
      throw explainRefusal(error, dirname(part));
    });
  });
};

/** Receives until the server says that there is no more; goes on where a connection broke. */
const receiveAll = async (url: string, part: string, options: DownloadOptions): Promise<void> => {
  for (let attempt = 1; ; attempt++) {
    const before = await sizeOf(part);
    try {
      return await receive(url, part, options);
    } catch (error) {
      const advanced = (await sizeOf(part)) > before;
      if (error instanceof Interrupted || !advanced || attempt === ATTEMPTS) throw error;
    }
  }
};

/**
 * Downloads a file whose checksum is known. What has come is kept in `<path>.part`, so that the
 * next call goes on from there; `path` is there only when all of it is, verified. A file that is
 * already there and right is not fetched again. One caller at a time: hold a lock.
 *
 * @throws {EnvironmentError} `download-failed`, `checksum-mismatch`, `disk-full`, `state-not-writable`
 * @throws {Interrupted} when `signal` aborts
 */
export const download = async (url: string, path: string, options: DownloadOptions): Promise<void> => {
  if (await isWhole(path, options.sha256)) return;
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.part`;
  const resumed = (await sizeOf(part)) > 0;
  await receiveAll(url, part, options);
  if (await isWhole(part, options.sha256)) {
    await rename(part, path);
    return syncFolder(dirname(path));
  }
  await rm(part, { force: true });
  // The beginning may have been of another file: once more, all of it.
  if (resumed) return download(url, path, options);
  throw new EnvironmentError({
    code: 'checksum-mismatch',
    message: `${url} is not what it should be`,
    why: `its SHA-256 is not ${options.sha256}`,
  });
};
