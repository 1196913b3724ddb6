// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileDigest, openState, run, withLock } from '@uio-msi/host';
import { Interrupted } from '@uio-msi/model';
import { pack as tarPack } from 'tar-stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addBulk, makeKernel, pack, type Tarball, treeOf } from '../../testing/fake-kernel.js';
import { type ObjectStore, openStore } from '../store/open.js';
import { importTarball } from './tarball.js';

let dir: string;
let store: ObjectStore;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'import-'));
  store = await openStore(await openState(join(dir, 'state')));
});
afterEach(() => rm(dir, { recursive: true }));

const importIt = (tarball: Tarball, signal?: AbortSignal, onFraction: (part: number) => void = () => {}) =>
  withLock(join(dir, 'lock'), (lock) => importTarball(store, tarball, 'x', { lock, signal, onFraction }));

const refs = async (): Promise<string> =>
  (await run('git', [`--git-dir=${store.gitDir}`, 'for-each-ref'])).stdout;

const compress = async (name: string, tar: Uint8Array): Promise<Tarball> => {
  const path = join(dir, name);
  await writeFile(path, tar);
  await run('xz', ['-0', path]);
  return { path: `${path}.xz`, sha256: await fileDigest(`${path}.xz`) };
};

it('makes the tree that git makes of the unpacked files', async () => {
  const kernel = join(dir, 'kernel');
  await mkdir(kernel);
  await makeKernel(kernel, '7.2.6');
  await addBulk(kernel, 50, 20_000);
  const fractions: number[] = [];
  const tree = await importIt(await pack(kernel, join(dir, 'k.tar.xz'), 'linux-7.2.6'), undefined, (part) =>
    fractions.push(part),
  );
  expect(tree).toBe(await treeOf(kernel));
  expect(fractions.at(-1)).toBe(1);
  const { stdout } = await run('git', [`--git-dir=${store.gitDir}`, 'fsck', '--full', '--strict']);
  expect(stdout).toBe('');
});

it('reads the tarballs of `git archive`, which begin with the id of a commit', async () => {
  const kernel = join(dir, 'kernel');
  await mkdir(kernel);
  await makeKernel(kernel, '7.2.6');
  const tree = await treeOf(kernel);
  const commit = (
    await run('git', [
      `--git-dir=${kernel}.oracle`,
      '-c',
      'user.name=x',
      '-c',
      'user.email=x',
      'commit-tree',
      '-m',
      'x',
      tree,
    ])
  ).stdout.trim();
  const tar = join(dir, 'a.tar');
  await run('git', [`--git-dir=${kernel}.oracle`, 'archive', '--prefix=linux-7.2.6/', '-o', tar, commit]);
  expect(await importIt(await compress('b.tar', await readFile(tar)))).toBe(tree);
});

it.each<[string, (whole: Buffer) => Buffer]>([
  ['cut off', (whole) => whole.subarray(0, whole.length / 2)],
  ['cut off by a byte', (whole) => whole.subarray(0, whole.length - 1)],
  ['empty', () => Buffer.alloc(0)],
  ['not xz at all', () => Buffer.from('<html>not found</html>')],
  ['spoilt in the middle', (whole) => Buffer.from(whole).fill(0, whole.length / 2, whole.length / 2 + 64)],
])('a tarball that is %s leaves nothing, whether its checksum tells or not', async (_, spoil) => {
  const kernel = join(dir, 'kernel');
  await mkdir(kernel);
  await makeKernel(kernel, '7.2.6');
  await addBulk(kernel, 20, 20_000);
  const whole = await pack(kernel, join(dir, 'k.tar.xz'), 'linux');
  const path = join(dir, 'spoilt.tar.xz');
  await writeFile(path, spoil(await readFile(whole.path)));

  await expect(importIt({ path, sha256: whole.sha256 })).rejects.toMatchObject({ exitCode: 3 });
  await expect(importIt({ path, sha256: await fileDigest(path) })).rejects.toMatchObject({ exitCode: 3 });
  expect(await refs()).toBe('');
  expect(await importIt(whole)).toBe(await treeOf(kernel));
});

it('a wrong checksum alone is enough', async () => {
  const kernel = join(dir, 'kernel');
  await mkdir(kernel);
  await makeKernel(kernel, '7.2.6');
  const { path } = await pack(kernel, join(dir, 'k.tar.xz'), 'linux');
  await expect(importIt({ path, sha256: '0'.repeat(64) })).rejects.toMatchObject({
    code: 'checksum-mismatch',
  });
  expect(await refs()).toBe('');
});

it('an archive that ends too early within sound compression is refused', async () => {
  const archive = tarPack();
  archive.entry({ name: 'linux/a', size: 5000 }, 'x'.repeat(5000));
  archive.finalize();
  const pieces: Buffer[] = [];
  for await (const piece of archive) pieces.push(piece as Buffer);
  const cut = await compress('cut.tar', Buffer.concat(pieces).subarray(0, 2000));
  await expect(importIt(cut)).rejects.toMatchObject({ code: 'tarball-refused' });
  expect(await refs()).toBe('');
});

it.each([
  ['a device', { name: 'linux/sda', type: 'block-device' }],
  ['a terminal', { name: 'linux/tty', type: 'character-device' }],
  ['a pipe', { name: 'linux/pipe', type: 'fifo' }],
  ['a hard link', { name: 'linux/passwd', type: 'link', linkname: '/etc/passwd' }],
  ['a path that leads out', { name: 'linux/../../etc/passwd', type: 'file' }],
  ['a link that leads out', { name: 'linux/link', type: 'symlink', linkname: '../../etc' }],
] as const)('refuses an archive with %s', async (_, hostile) => {
  const archive = tarPack();
  archive.entry({ name: 'linux/Makefile' }, 'VERSION = 7\n');
  archive.entry({ ...hostile }, '');
  archive.finalize();
  const pieces: Buffer[] = [];
  for await (const piece of archive) pieces.push(piece as Buffer);
  const tarball = await compress('hostile.tar', Buffer.concat(pieces));
  await expect(importIt(tarball)).rejects.toMatchObject({ code: 'tarball-refused' });
  expect(await refs()).toBe('');
});

it('stops when it is interrupted', async () => {
  const kernel = join(dir, 'kernel');
  await mkdir(kernel);
  await addBulk(kernel, 30, 100_000);
  const tarball = await pack(kernel, join(dir, 'k.tar.xz'), 'linux');
  const controller = new AbortController();
  const stopped = importIt(tarball, controller.signal, (part) => part > 0.3 && controller.abort('SIGINT'));
  await expect(stopped).rejects.toBeInstanceOf(Interrupted);
  expect(await refs()).toBe('');
});
