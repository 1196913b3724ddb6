// SPDX-License-Identifier: MIT
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import type { RequestListener, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Interrupted } from '@uio-msi/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withServer } from '../../testing/server.js';
import { download } from './download.js';
import { downloadText } from './text.js';

const CONTENT = randomBytes(500_000);
const sha256 = createHash('sha256').update(CONTENT).digest('hex');

let dir: string;
let path: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'download-'));
  path = join(dir, 'downloads', 'file');
});
afterEach(() => rm(dir, { recursive: true }));

/** What a server sends, from where the client asked for it; `breakAfter` bytes it hangs up. */
const send = (
  response: ServerResponse,
  range: string | undefined,
  breakAfter = Number.POSITIVE_INFINITY,
): unknown => {
  const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
  if (start >= CONTENT.length) return response.writeHead(416).end();
  const length = CONTENT.length - start;
  const headers = {
    'content-length': length,
    'content-range': `bytes ${start}-${start + length - 1}/${length}`,
  };
  response.writeHead(start > 0 ? 206 : 200, headers);
  if (breakAfter >= length) return response.end(CONTENT.subarray(start));
  return response.write(CONTENT.subarray(start, start + breakAfter), () =>
    setTimeout(() => response.destroy(), 50),
  );
};

/** A server that remembers what it was asked, and breaks every answer after so many bytes. */
const server =
  (ranges: (string | undefined)[], breakAfter?: number): RequestListener =>
  (request, response) => {
    ranges.push(request.headers.range);
    send(response, request.headers.range, breakAfter);
  };

// What a Range header asks from. A connection that breaks may take its last bytes along.
const offset = (range: string | undefined): number => Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1]);

describe('download', () => {
  it('fetches, verifies and leaves nothing beside the file', async () => {
    const fractions: number[] = [];
    await withServer(server([]), (url) =>
      download(url, path, { sha256, onFraction: (f) => fractions.push(f) }),
    );
    expect((await readFile(path)).equals(CONTENT)).toBe(true);
    expect(await readdir(join(dir, 'downloads'))).toEqual(['file']);
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  });

  it('does not fetch again what is there', async () => {
    const asked: (string | undefined)[] = [];
    await withServer(server(asked), async (url) => {
      await download(url, path, { sha256 });
      await download(url, path, { sha256 });
      expect(asked.length).toBe(1);
      await writeFile(path, 'spoilt');
      await download(url, path, { sha256 });
    });
    expect((await readFile(path)).equals(CONTENT)).toBe(true);
  });

  it('tells a full disk from a server that fails', async () => {
    await mkdir(join(dir, 'downloads'));
    await symlink('/dev/full', `${path}.part`);
    await withServer(server([]), async (url) => {
      await expect(download(url, path, { sha256 })).rejects.toMatchObject({ code: 'disk-full' });
    });
  });

  it('goes on where the connection broke', async () => {
    const asked: (string | undefined)[] = [];
    await withServer(server(asked, 200_000), (url) => download(url, path, { sha256 }));
    const from = asked.slice(1).map(offset);
    expect(asked[0]).toBeUndefined();
    expect(from.length).toBeGreaterThanOrEqual(2);
    expect(from).toEqual([...new Set(from)].sort((a, b) => a - b)); // always further
    expect(from[0]).toBeGreaterThan(0);
    expect((await readFile(path)).equals(CONTENT)).toBe(true);
  });

  it('gives up on a server that always breaks, and keeps what came for the next time', async () => {
    await withServer(server([], 50_000), async (url) => {
      await expect(download(url, path, { sha256 })).rejects.toMatchObject({ code: 'download-failed' });
    });
    await expect(stat(path)).rejects.toThrow('ENOENT');
    const asked: (string | undefined)[] = [];
    await withServer(server(asked), (url) => download(url, path, { sha256 }));
    expect(asked).toHaveLength(1);
    expect(offset(asked[0])).toBeGreaterThan(50_000); // of more than one try
  });

  it('starts anew when the server takes no ranges, or the beginning was of another file', async () => {
    await withServer(server([], 100_000), (url) => download(url, path, { sha256 }).catch(() => {}));
    await withServer(
      (_, response) => send(response, undefined),
      (url) => download(url, path, { sha256 }),
    );
    expect((await readFile(path)).equals(CONTENT)).toBe(true);
    for (const wrong of [Buffer.alloc(1000), Buffer.alloc(600_000)]) {
      await rm(path);
      await writeFile(`${path}.part`, wrong);
      await withServer(server([]), (url) => download(url, path, { sha256 }));
      expect((await readFile(path)).equals(CONTENT)).toBe(true);
    }
  });

  it('refuses another content and keeps nothing of it', async () => {
    await withServer(server([]), async (url) => {
      const wrong = download(url, path, { sha256: '0'.repeat(64) });
      await expect(wrong).rejects.toMatchObject({ code: 'checksum-mismatch' });
    });
    expect(await readdir(join(dir, 'downloads'))).toEqual([]);
  });

  it('stops when it is interrupted, and can go on', async () => {
    const controller = new AbortController();
    const stalled: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-length': CONTENT.length });
      response.write(CONTENT.subarray(0, 100_000));
    };
    await withServer(stalled, async (url) => {
      const onFraction = (fraction: number) => fraction >= 0.2 && controller.abort('SIGINT');
      const stopped = download(url, path, { sha256, signal: controller.signal, onFraction });
      await expect(stopped).rejects.toThrow(new Interrupted('SIGINT'));
    });
    const asked: (string | undefined)[] = [];
    await withServer(server(asked), (url) => download(url, path, { sha256 }));
    expect(asked).toEqual(['bytes=100000-']);
  });

  it.each([
    ['an answer that is none', 'http://127.0.0.1:1', /ECONNREFUSED|bad port/],
    ['a host that is none', 'http://no-such-host.invalid', /ENOTFOUND|EAI_AGAIN/],
  ])('explains %s, at once', async (_, url, why) => {
    const started = performance.now();
    const error = await download(url, path, { sha256 }).catch((e) => e);
    expect(error).toMatchObject({ code: 'download-failed', why: expect.stringMatching(why) });
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('gives up on a server that says nothing', async () => {
    await withServer(
      () => {},
      async (url) => {
        const error = await download(url, path, { sha256 }).catch((e) => e);
        expect(error).toMatchObject({ code: 'download-failed', why: 'no answer in 10 seconds' });
      },
    );
  });

  it('says what the server answered', async () => {
    await withServer(
      (_, response) => response.writeHead(404).end('no'),
      async (url) => {
        const error = await download(url, path, { sha256 }).catch((e) => e);
        expect(error).toMatchObject({ code: 'download-failed', why: 'the server answered 404' });
      },
    );
  });
});

it('downloadText gives the text, and refuses one without end', async () => {
  await withServer(
    (request, response) => {
      const more = (): unknown =>
        response.write('x'.repeat(65_536)) ? setImmediate(more) : response.once('drain', more);
      if (request.url === '/small') response.end('grüße');
      else more();
    },
    async (url) => {
      expect(await downloadText(`${url}/small`)).toBe('grüße');
      await expect(downloadText(`${url}/endless`)).rejects.toMatchObject({ code: 'download-failed' });
    },
  );
});
