// SPDX-License-Identifier: MIT
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';

/** A mail that a server took. */
export interface Taken {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
}

/** A moment of a session, in the order they come; `taken` is just before the answer. */
export type Moment = 'mail' | 'rcpt' | 'data' | 'taken' | 'answered';

/** What a server is to do at a moment: nothing, refuse with a number, or hang up. */
export type Order = null | number | 'drop' | 'wait';

/** A server on loopback, which notes down what it takes. */
export interface TestServer {
  readonly port: number;
  readonly taken: Taken[];
  /** Waits until nobody is connected: what came before a connection broke is taken then. */
  readonly idle: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const refusal = (responseCode: number): Error => Object.assign(new Error('as told'), { responseCode });

const wholeOf = async (stream: AsyncIterable<unknown>): Promise<Buffer[] | null> => {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of stream) pieces.push(piece as Buffer);
    return pieces;
  } catch {
    return null;
  }
};

/**
 * Starts a server.
 *
 * @param order asked at every moment; `count` counts the moments of that kind, from 1
 */
export const startServer = async (
  order: (moment: Moment, count: number, address: string) => Order | Promise<Order> = () => null,
  options: NonNullable<ConstructorParameters<typeof SMTPServer>[0]> = {},
): Promise<TestServer> => {
  const counts = new Map<Moment, number>();
  const taken: Taken[] = [];
  const sockets = new Set<{ destroy: () => void }>();
  const at = async (moment: Moment, address = ''): Promise<Order> => {
    const count = (counts.get(moment) ?? 0) + 1;
    counts.set(moment, count);
    return order(moment, count, address);
  };
  const obey = (what: Order, next: (error?: Error) => void): void => {
    if (what === 'drop') for (const socket of sockets) socket.destroy();
    else if (what !== 'wait') what === null ? next() : next(refusal(what));
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onMailFrom: ({ address }, _session, done) => void at('mail', address).then((what) => obey(what, done)),
    onRcptTo: ({ address }, _session, done) => void at('rcpt', address).then((what) => obey(what, done)),
    onData: (stream, { envelope }, done) => {
      void (async () => {
        const what = await at('data');
        if (what === 'drop') return obey(what, done);
        const pieces = await wholeOf(stream);
        if (!pieces) return; // its sender is gone
        if (what !== null) return obey(what, done);
        const text = Buffer.concat(pieces).toString('utf8');
        const from = envelope.mailFrom ? envelope.mailFrom.address : '';
        taken.push({ from, to: envelope.rcptTo.map(({ address }) => address), text });
        obey(await at('taken'), done);
        if ((await at('answered')) === 'drop') obey('drop', done);
      })();
    },
    ...options,
  });
  server.on('error', () => {}); // hanging up on it is what tests do
  // Below TLS there is a socket that is not ours to end: Node.js 20 does not survive that.
  if (!options.secure)
    server.server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    taken,
    idle: async () => {
      while (sockets.size > 0) await setTimeout(5);
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
};
