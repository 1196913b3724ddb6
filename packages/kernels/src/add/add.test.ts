// SPDX-License-Identifier: MIT
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { fileDigest, openState, run } from '@uio-msi/host';
import { silent } from '@uio-msi/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeKernel, pack, treeOf } from '../../testing/fake-kernel.js';
import { loadCatalogue } from '../catalogue/load.js';
import { type ObjectStore, openStore } from '../store/open.js';
import { verifyKernel } from '../verify.js';
import { addKernel } from './add.js';
import { wantedKernel } from './wanted.js';

let dir: string;
let store: ObjectStore;
let server: Server;
let url: string;
let catalogue: string;

// A web server like kernel.org's, of the files in a folder.
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'add-'));
  await mkdir(join(dir, 'www/v7.x'), { recursive: true });
  store = await openStore(await openState(join(dir, 'state')));
  server = createServer(async (request, response) => {
    const content = await readFile(join(dir, 'www', request.url ?? '')).catch(() => null);
    response.writeHead(content ? 200 : 404).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  catalogue = join(dir, 'kernels.yaml');
  await writeFile(catalogue, text());
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(dir, { recursive: true });
});

const text = (): string => `# A remark at the top
origins:
  - kind: git
    url: https://no-such-host.invalid/linux.git
    tags: v
  - kind: tarball
    url: ${url}
kernels:
  - line: "7.2"
    version: "7.2.6"
    sources: # a remark in the middle
      - { kind: git, url: "https://no-such-host.invalid/linux.git", tag: v7.2.6 }

  - line: "6.10"
    version: "6.10.2"
    sources:
      - { kind: git, url: "https://no-such-host.invalid/linux.git", tag: v6.10.2 }
`;

/** Puts a tarball on the server, and gives its line of sha256sums.asc. */
const publish = async (version: string, spoil?: (folder: string) => Promise<void>): Promise<string> => {
  const folder = join(dir, `linux-${version}`);
  await mkdir(folder);
  await makeKernel(folder, version);
  await spoil?.(folder);
  const { path, sha256 } = await pack(folder, join(dir, 'www/v7.x', `linux-${version}.tar.xz`), 'linux');
  return `${sha256}  ${basename(path)}\n`;
};

const list = (...rows: string[]) =>
  writeFile(
    join(dir, 'www/v7.x/sha256sums.asc'),
    `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n${rows.join('')}-----BEGIN PGP SIGNATURE-----\n`,
  );

const add = (name: string) => addKernel(store, catalogue, name, { progress: silent });

const expectNothing = async (version: string): Promise<void> => {
  expect(await readFile(catalogue, 'utf8')).toBe(text());
  const { stdout } = await run('git', [`--git-dir=${store.gitDir}`, 'for-each-ref']);
  expect(stdout).not.toContain(version);
  expect((await readdir(store.state.path())).filter((name) => name.includes('passwd'))).toEqual([]);
};

describe('addKernel', () => {
  it('stores the newest of a line and writes it down where it belongs, remarks kept', async () => {
    const rows = [await publish('7.1.9'), await publish('7.1.13'), await publish('7.10.1')];
    await list(...rows);
    const added = await add('7.1');
    const source = { kind: 'tarball', url: `${url}/v7.x/linux-7.1.13.tar.xz`, sha256: rows[1]?.slice(0, 64) };
    expect(added).toMatchObject({
      kernel: { line: '7.1', version: '7.1.13', sources: [source] },
      tree: await treeOf(join(dir, 'linux-7.1.13')),
      unasked: [expect.stringContaining('no-such-host.invalid')],
    });
    const { kernels } = await loadCatalogue(catalogue);
    expect(kernels.map(({ version }) => version)).toEqual(['7.2.6', '7.1.13', '6.10.2']);
    const written = await readFile(catalogue, 'utf8');
    expect(written.split('\n').filter((row) => !text().includes(row))).toHaveLength(7);
    expect(written).toContain('\n\n  - line: "7.1"\n    version: "7.1.13"\n');

    await expect(add('7.1.13')).rejects.toMatchObject({ code: 'kernel-known', exitCode: 2 });
    await expect(add('7.1')).rejects.toMatchObject({ code: 'kernel-known' });
    expect(await readFile(catalogue, 'utf8')).toBe(written);
  });

  it('adds the exact version that is named', async () => {
    await list(await publish('7.1.9'), await publish('7.1.13'));
    expect((await add('7.1.9')).kernel.version).toBe('7.1.9');
  });

  it('says that a version is listed and not served, and names an older one', async () => {
    const row = await publish('7.1.13');
    await rm(join(dir, 'www/v7.x/linux-7.1.13.tar.xz'));
    await list(row, await publish('7.1.9'));
    await expect(add('7.1')).rejects.toMatchObject({
      code: 'kernel-not-served',
      exitCode: 3,
      message: 'linux 7.1.13 is listed, but cannot be had',
      why: expect.stringContaining('404'),
      next: expect.stringContaining('kernels add 7.1.9'),
    });
    await expectNothing('7.1.13');
  });

  it('says of each origin why it has none', async () => {
    await list(await publish('7.0.1'));
    await expect(add('7.1')).rejects.toMatchObject({
      code: 'kernel-not-listed',
      exitCode: 3,
      why: expect.stringMatching(/no-such-host\.invalid.*; tarball .*does not list it/),
    });
  });

  it.each<[string, (row: string) => Promise<string> | string, RegExp]>([
    ['has a wrong checksum', (row) => row.replace(/^./, (c) => (c === '0' ? '1' : '0')), /SHA-256/],
    [
      'is cut off, its checksum right',
      async () => {
        const path = join(dir, 'www/v7.x/linux-7.1.13.tar.xz');
        await truncate(path, 300);
        return `${await fileDigest(path)}  linux-7.1.13.tar.xz\n`;
      },
      /xz|Unexpected end/,
    ],
  ])('takes no tarball that %s', async (_, spoil, why) => {
    await list(await spoil(await publish('7.1.13')));
    await expect(add('7.1')).rejects.toMatchObject({
      code: 'kernel-not-served',
      why: expect.stringMatching(why),
    });
    await expectNothing('7.1.13');
  });

  it('takes no tarball with a link that leads out, its checksum right', async () => {
    await list(await publish('7.1.13', (folder) => symlink('../../../../etc/passwd', join(folder, 'link'))));
    await expect(add('7.1')).rejects.toMatchObject({ why: expect.stringContaining('leads out of the tree') });
    await expectNothing('7.1.13');
  });

  it('takes no tarball with a path that leads out, its checksum right', async () => {
    await publish('7.1.13');
    const path = join(dir, 'www/v7.x/linux-7.1.13.tar.xz');
    await rm(path);
    const args = ['-P', '--transform', 's|.*|linux/../../passwd|', '-cJf', path, 'linux-7.1.13/Makefile'];
    expect(await run('tar', args, { cwd: dir })).toMatchObject({ exitCode: 0 });
    await list(`${await fileDigest(path)}  linux-7.1.13.tar.xz\n`);
    await expect(add('7.1')).rejects.toMatchObject({ why: expect.stringContaining('is not allowed') });
    await expectNothing('7.1.13');
  });
});

describe('verifyKernel', () => {
  it('tells what is sound from what is absent, from elsewhere, or damaged', async () => {
    await list(await publish('7.1.13'));
    const { kernel } = await add('7.1');
    expect(await verifyKernel(store, kernel)).toMatchObject({ state: 'sound' });
    expect(await verifyKernel(store, { ...kernel, version: '7.1.12' })).toMatchObject({ state: 'absent' });
    const [source] = kernel.sources;
    const elsewhere = { ...source, sha256: '0'.repeat(64) } as (typeof kernel.sources)[number];
    expect(await verifyKernel(store, { ...kernel, sources: [elsewhere] })).toMatchObject({ state: 'other' });

    const git = [`--git-dir=${store.gitDir}`, 'rev-parse', `refs/kernels/${kernel.version}:Makefile`];
    const id = (await run('git', git)).stdout.trim();
    const object = join(store.gitDir, 'objects', id.slice(0, 2), id.slice(2));
    await chmod(object, 0o644);
    // An object as sound as can be, but not what its name says.
    await writeFile(object, deflateSync('blob 3\0bad'));
    expect(await verifyKernel(store, kernel)).toMatchObject({ state: 'damaged' });
    await rm(object);
    expect(await verifyKernel(store, kernel)).toMatchObject({ state: 'damaged' });
  });
});

describe('wantedKernel', () => {
  it.each([
    ['7.1', '7.1', ['7.1', '7.1.13'], ['7.10', '7.1-rc2', '7.10.1', '']],
    ['7.1.13', '7.1', ['7.1.13'], ['7.1', '7.1.1', '7.1.130']],
    ['7.3-rc2', 'mainline', ['7.3-rc2'], ['7.3', '7.3-rc20']],
    ['mainline', 'mainline', ['7.3-rc2', '7.3'], ['7.3.1', 'next-20261120', '']],
    ['next-20261120', 'next', ['next-20261120'], ['next-2026112', '7.1']],
    ['next', 'next', ['next-20261120'], ['next-2026112', 'next-20261120-fixes', '7.3-rc2', 'next']],
  ])('of %j is of line %s', (name, line, yes, no) => {
    const wanted = wantedKernel(name);
    expect(wanted.line).toBe(line);
    expect(yes.map(wanted.matches)).not.toContain(false);
    expect(no.map(wanted.matches)).not.toContain(true);
  });

  it.each(['', 'six', '7', '--upload-pack=id', '7.1*', '7.1/../x', 'next-', 'mainline-rc1'])(
    'of %j is none',
    (name) => {
      expect(() => wantedKernel(name)).toThrow(expect.objectContaining({ code: 'unknown-kernel' }));
    },
  );
});
