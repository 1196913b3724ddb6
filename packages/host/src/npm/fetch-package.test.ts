// SPDX-License-Identifier: MIT
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { withServer } from '../../testing/server.js';
import { run } from '../process/run.js';
import { fetchPackage, pinnedIn } from './fetch-package.js';

// The machine's real npm, and a registry of one package.
let packed: string;
let dir: string;
let tarball: Buffer;
const sha512 = (content: Buffer) => `sha512-${createHash('sha512').update(content).digest('base64')}`;

beforeAll(async () => {
  packed = await mkdtemp(join(tmpdir(), 'npm-packed-'));
  await writeFile(join(packed, 'package.json'), '{"name": "some", "version": "1.2.3"}');
  await run('npm', ['pack', '--ignore-scripts'], { cwd: packed });
  tarball = await readFile(join(packed, 'some-1.2.3.tgz'));
});
afterAll(() => rm(packed, { recursive: true }));
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'npm-'));
  vi.stubEnv('npm_config_cache', join(dir, 'cache'));
  vi.stubEnv('npm_config_fetch_retries', '0');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true });
});

const registry =
  (url: () => string): RequestListener =>
  ({ url: path }, response) => {
    if (path === '/some.tgz') return void response.end(tarball);
    if (path !== '/some') return void response.writeHead(404).end('{}');
    const dist = { tarball: `${url()}/some.tgz`, integrity: sha512(tarball) };
    const versions = { '1.2.3': { name: 'some', version: '1.2.3', dist } };
    response.end(JSON.stringify({ name: 'some', 'dist-tags': { latest: '1.2.3' }, versions }));
  };

const withRegistry = async (work: () => Promise<void>): Promise<void> => {
  let at = '';
  await withServer(
    registry(() => at),
    async (url) => {
      at = url;
      vi.stubEnv('npm_config_registry', url);
      await work();
    },
  );
};

const some = () => ({ name: 'some', version: '1.2.3', integrity: sha512(tarball) });

it('fetches the package that is pinned', async () => {
  await withRegistry(async () => {
    const path = await fetchPackage(some(), join(dir, 'fetched'));
    expect(await readFile(path)).toEqual(tarball);
  });
});

it('refuses another one of that name and version', async () => {
  await withRegistry(async () => {
    const pinned = { ...some(), integrity: sha512(Buffer.from('another')) };
    await expect(fetchPackage(pinned, join(dir, 'fetched'))).rejects.toMatchObject({
      code: 'npm-failed',
      why: expect.stringContaining(pinned.integrity),
    });
  });
});

it('says what npm says when there is none', async () => {
  await withRegistry(async () => {
    const gone = fetchPackage({ ...some(), name: 'gone' }, join(dir, 'fetched'));
    await expect(gone).rejects.toMatchObject({
      code: 'npm-failed',
      message: 'npm could not fetch gone@1.2.3',
    });
  });
});

it('reads pins, and takes no package that a lock file does not pin', () => {
  const lock = JSON.stringify({
    packages: {
      'node_modules/some': { version: '1.2.3', integrity: 'sha512-x' },
      'node_modules/weak': { version: '1', integrity: 'sha1-x' },
    },
  });
  expect(pinnedIn(lock, 'some')).toEqual({ name: 'some', version: '1.2.3', integrity: 'sha512-x' });
  for (const name of ['weak', 'none']) expect(() => pinnedIn(lock, name)).toThrow(TypeError);
});
