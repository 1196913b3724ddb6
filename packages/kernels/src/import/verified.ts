// SPDX-License-Identifier: MIT
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { EnvironmentError } from '@uio-msi/model';

const PIECE = 1024 * 1024;

/**
 * Reads a file whose SHA-256 is known, and throws after its last byte when it is another: who
 * has read to the end has read what was meant.
 *
 * @param onFraction called with the part that was read, 0 to 1
 * @throws {EnvironmentError} `checksum-mismatch`
 */
export async function* readVerified(
  path: string,
  sha256: string,
  onFraction: (fraction: number) => void,
): AsyncGenerator<Buffer> {
  const { size } = await stat(path);
  const hash = createHash('sha256');
  let read = 0;
  for await (const piece of createReadStream(path, { highWaterMark: PIECE })) {
    hash.update(piece);
    read += piece.length;
    yield piece;
    onFraction(read / size);
  }
  const found = hash.digest('hex');
  if (found === sha256) return;
  throw new EnvironmentError({
    code: 'checksum-mismatch',
    message: `${path} is not what it should be`,
    why: `its SHA-256 is ${found} instead of ${sha256}`,
  });
}
