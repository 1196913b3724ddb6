// SPDX-License-Identifier: MIT
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import { logNotWritable } from '@uio-msi/host';
import type { EnvironmentError } from '@uio-msi/model';

/** A guest's console on its way into a file. */
export interface ConsoleLog {
  /** Takes the console from this connection until it ends. */
  record(socket: Socket): void;
  /**
   * All that was written, once it is on disk.
   *
   * @throws {EnvironmentError} `log-not-writable` when not all of it could be
   */
  text(): Promise<string>;
}

/**
 * Starts an empty log, making its folder. `onFailure` is called when writing it fails: what comes
 * then is lost.
 *
 * @throws {EnvironmentError} `log-not-writable`
 */
export const openConsoleLog = async (path: string, onFailure: () => void): Promise<ConsoleLog> => {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, '');
  } catch (error) {
    throw logNotWritable(path, error);
  }
  const written: Promise<void>[] = [];
  let failure: EnvironmentError | undefined;
  return {
    record: (socket) => {
      const file = createWriteStream(path, { flags: 'a' });
      const fail = (error: unknown) => {
        failure ??= logNotWritable(path, error);
        socket.destroy(); // nobody reads it any more, and unread it would never close
        onFailure();
      };
      written.push(finished(file).catch(fail));
      socket.pipe(file, { end: false });
      socket.once('close', () => file.end());
    },
    text: async () => {
      await Promise.all(written);
      if (failure !== undefined) throw failure;
      return readFile(path, 'utf8');
    },
  };
};
