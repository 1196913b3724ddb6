// SPDX-License-Identifier: MIT
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';

/** A guest's console on its way into a file. */
export interface ConsoleLog {
  /** Takes the console from this connection until it ends. */
  record(socket: Socket): void;
  /** All that was written, once it is on disk. */
  text(): Promise<string>;
}

/** Starts an empty log, making its folder. */
export const openConsoleLog = async (path: string): Promise<ConsoleLog> => {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, '');
  const written: Promise<void>[] = [];
  return {
    record: (socket) => {
      const file = createWriteStream(path, { flags: 'a' });
      written.push(finished(file));
      socket.pipe(file, { end: false });
      socket.once('close', () => file.end());
    },
    text: async () => {
      await Promise.all(written);
      return readFile(path, 'utf8');
    },
  };
};
