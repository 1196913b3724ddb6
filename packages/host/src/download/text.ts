// SPDX-License-Identifier: MIT
import { downloadFailed } from './failure.js';
import { request } from './request.js';

// The longest text that is asked for, kernel.org's sha256sums.asc of a major version, has 0.2 MiB.
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * The text at a URL.
 *
 * @throws {EnvironmentError} `download-failed`
 * @throws {Interrupted} when `signal` aborts
 */
export const downloadText = (url: string, signal?: AbortSignal): Promise<string> =>
  request(url, {}, signal, async ({ status, pieces }) => {
    if (status !== 200) throw downloadFailed(url, `the server answered ${status}`);
    const kept: Uint8Array[] = [];
    let length = 0;
    for await (const piece of pieces) {
      kept.push(piece);
      length += piece.length;
      if (length > MAX_BYTES) throw downloadFailed(url, `it is longer than ${MAX_BYTES} bytes`);
    }
    return Buffer.concat(kept).toString('utf8');
  });
