// SPDX-License-Identifier: MIT
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Unix sockets that QEMU connects to, one connection each. */
export interface Sockets {
  /** The path that QEMU is given for a name. */
  path(name: string): string;
  /** Waits until what came was taken, and removes them. */
  close(): Promise<void>;
}

/**
 * Listens on one socket for each handler, which gets the connection. They are in a folder of
 * their own (mode 0700) of the system's temporary folder, because their paths may have 107 bytes
 * (unix(7)) and a state folder's path may have more.
 */
export const listen = async (
  handlers: Readonly<Record<string, (socket: Socket) => void>>,
): Promise<Sockets> => {
  const folder = await mkdtemp(join(tmpdir(), 'uio-msi-guest-'));
  const ends: Promise<unknown>[] = [];
  const servers = await Promise.all(
    Object.entries(handlers).map(async ([name, handle]) => {
      const server = createServer((socket) => {
        server.close();
        ends.push(new Promise((resolve) => socket.once('close', resolve)));
        socket.on('error', () => socket.destroy()); // QEMU was killed with bytes of ours unread
        handle(socket);
      });
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject).listen(join(folder, name), resolve);
      });
      return server;
    }),
  );
  return {
    path: (name) => join(folder, name),
    close: async () => {
      for (const server of servers) server.close();
      await Promise.all(ends);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
