// SPDX-License-Identifier: MIT
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { UserError } from '@uio-msi/model';

/** No mailbox is read beyond this many bytes, unpacked. */
export const MAX_MAILBOX = 2 ** 30;

const GZIP = Buffer.from([0x1f, 0x8b]);

const unreadable = (path: string, why: string): UserError =>
  new UserError({
    code: 'mailbox-unreadable',
    message: `the mailbox ${path} cannot be read`,
    why,
    next: 'name a file with mails, such as an archive gives for a thread (t.mbox.gz)',
  });

/**
 * The bytes of a mailbox, in pieces; unpacked when it is gzip's, as archives give them.
 *
 * @throws {UserError} `mailbox-unreadable`: not there, no regular file, or damaged; `mailbox-too-big`
 */
export async function* readMailbox(path: string): AsyncGenerator<Uint8Array> {
  const handle = await open(path).catch((error: Error) => {
    throw unreadable(path, error.message);
  });
  try {
    if (!(await handle.stat()).isFile()) throw unreadable(path, 'it is not a regular file');
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    const file = createReadStream(path);
    let total = 0;
    try {
      for await (const piece of GZIP.equals(buffer) ? file.pipe(createGunzip()) : file) {
        total += piece.length;
        if (total > MAX_MAILBOX)
          throw new UserError({
            code: 'mailbox-too-big',
            message: `the mailbox ${path} has more than ${MAX_MAILBOX / 2 ** 30} GiB`,
            next: 'take the thread out of it, for example with formail or mutt',
          });
        yield piece;
      }
    } catch (error) {
      throw error instanceof UserError ? error : unreadable(path, (error as Error).message);
    } finally {
      file.destroy();
    }
  } finally {
    await handle.close();
  }
}
