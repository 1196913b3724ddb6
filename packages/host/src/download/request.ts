// SPDX-License-Identifier: MIT
import { downloadFailed, explainFetch } from './failure.js';

// How long a server may take to be reached and to begin its answer, and then between two pieces of
// it. A network that swallows packets is given up after this.
const PATIENCE_MS = 10_000;

/** An answer whose body has not been read yet. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The body's pieces. Throws when the server falls silent. */
  readonly pieces: AsyncIterable<Uint8Array>;
}

async function* patiently(body: AsyncIterable<Uint8Array>, onPiece: () => void): AsyncGenerator<Uint8Array> {
  for await (const piece of body) {
    onPiece();
    yield piece;
  }
}

/**
 * Asks for a URL and hands the answer to `read`. Proxies and certificates are as Node.js takes
 * them from its environment (NODE_EXTRA_CA_CERTS; NODE_USE_ENV_PROXY where it is new enough).
 *
 * @throws {EnvironmentError} `download-failed`
 * @throws {Interrupted} when `signal` aborts
 */
export const request = async <T>(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
  read: (answer: Answer) => Promise<T>,
): Promise<T> => {
  const silence = new AbortController();
  const giveUp = () => silence.abort(new Error(`no answer in ${PATIENCE_MS / 1000} seconds`));
  const timer = setTimeout(giveUp, PATIENCE_MS);
  try {
    const response = await fetch(url, {
      headers: { 'accept-encoding': 'identity', ...headers },
      signal: signal ? AbortSignal.any([signal, silence.signal]) : silence.signal,
    });
    if (url.startsWith('https:') && !response.url.startsWith('https:'))
      throw downloadFailed(url, `it leads to ${response.url}, which is not protected`);
    const body: AsyncIterable<Uint8Array> | null = response.body;
    const pieces = patiently(body ?? (async function* () {})(), () => timer.refresh());
    return await read({ status: response.status, headers: response.headers, pieces });
  } catch (error) {
    throw explainFetch(url, error, signal);
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
};
