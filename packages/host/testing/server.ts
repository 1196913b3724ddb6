// SPDX-License-Identifier: MIT
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Serves on loopback while `work` runs, which gets the server's URL. */
export const withServer = async (
  listener: RequestListener,
  work: (url: string) => Promise<void>,
): Promise<void> => {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
};
