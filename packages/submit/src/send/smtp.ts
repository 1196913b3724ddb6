// SPDX-License-Identifier: MIT
import { Readable } from 'node:stream';
import { rootCertificates } from 'node:tls';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { DeliveryError, type Receipt, type Transport } from './transport.js';

/** How a server is reached. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte, STARTTLS before anything else, or STARTTLS when the server offers it. */
  readonly encryption: 'ssl' | 'tls' | 'offered';
  /** The name we greet with. */
  readonly domain: string | null;
  readonly user: string | null;
  /** Asked for when it is needed; it is kept nowhere. */
  readonly password: () => Promise<string>;
  /** Certificates to trust beside those that Node.js brings, in PEM. */
  readonly ca: string | null;
  /** Silence for longer ends the connection. */
  readonly timeoutSeconds: number;
}

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/;

const WORDS = { ssl: 'with TLS', tls: 'with STARTTLS', offered: 'with STARTTLS if it is offered' } as const;

/** Mails through an SMTP server, over one connection for as long as it holds. */
export const smtpTransport = (settings: SmtpSettings): Transport => {
  const { host, port, encryption, user } = settings;
  let open: SMTPConnection | null = null;
  return {
    description: `${host}:${port} ${WORDS[encryption]}${user ? ` as ${user}` : ''}`,
    async send({ from, to, content }, offered, signal) {
      const connection = open ?? (await connect(settings, signal));
      open = connection;
      let begun = false;
      // It is read when the server has said 354: not a byte earlier.
      const message = new Readable({
        read() {
          if (begun) return;
          begun = true;
          offered().then(
            () => {
              this.push(Buffer.from(content));
              this.push(null);
            },
            (error) => this.destroy(error),
          );
        },
      });
      const envelope = { from, to: [...to], use8BitMime: true };
      try {
        const receipt = new Promise<Receipt>((resolve, reject) => {
          connection.send(envelope, message, (error, info) => {
            if (error) reject(error);
            else
              resolve({
                accepted: info?.accepted.map(String) ?? [],
                refused: (info?.rejectedErrors ?? []).map((one) => ({
                  address: String(one.recipient),
                  answer: one.response ?? one.message,
                  permanent: one.permanent === true,
                })),
                answer: info?.response ?? '',
              });
          });
        });
        return await unlessAborted(receipt, signal);
      } catch (error) {
        const { message: why, responseCode } = error as { message: string; responseCode?: number };
        open = null;
        connection.close();
        message.destroy();
        // A number is the server's word; without one, and with the mail on its way, nobody knows.
        throw new DeliveryError(why, !begun || responseCode !== undefined);
      }
    },
    async close() {
      open?.quit();
      open = null;
    },
  };
};

// What is waited for, but no longer than the signal lets it.
const unlessAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const stop = (): void => reject(new Error(`it was given up: ${signal.reason?.message ?? signal.reason}`));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });

const connect = async (settings: SmtpSettings, signal: AbortSignal): Promise<SMTPConnection> => {
  const { host, port, encryption, domain, user, password, ca, timeoutSeconds } = settings;
  const milliseconds = timeoutSeconds * 1000;
  const connection = new SMTPConnection({
    host,
    port,
    secure: encryption === 'ssl',
    requireTLS: encryption === 'tls',
    ...(domain ? { name: domain } : {}),
    // Node.js takes `ca` for all there is.
    ...(ca ? { tls: { ca: [...rootCertificates, ca] } } : {}),
    connectionTimeout: milliseconds,
    greetingTimeout: milliseconds,
    socketTimeout: milliseconds,
  });
  try {
    const connected = new Promise<void>((resolve, reject) => {
      connection.once('error', reject);
      connection.connect((error) => (error ? reject(error) : resolve()));
    });
    await unlessAborted(connected, signal);
    connection.on('error', () => {}); // from here on whoever sends is told
    if (user !== null) {
      if (!connection.secure && !LOOPBACK.test(host))
        throw new Error('the connection is not encrypted, and a password must not go over it');
      const pass = await unlessAborted(password(), signal);
      const accepted = new Promise<void>((resolve, reject) => {
        connection.login({ user, pass }, (error) => (error ? reject(error) : resolve()));
      });
      await unlessAborted(accepted, signal);
    }
  } catch (error) {
    connection.close();
    throw new DeliveryError((error as Error).message, true);
  }
  return connection;
};
