// SPDX-License-Identifier: MIT
import { randomBytes } from 'node:crypto';
import {
  appendFile,
  copyFile,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withServer } from '../../testing/server.js';
import { fileDigest } from '../files/digest.js';
import { run } from '../process/run.js';
import { fetchSourceTarball, listSources } from './fetch-source.js';

// The machine's real apt, with a configuration of ours whose archive is a folder.
let dir: string;
let configured: string | undefined;
const SOURCE = { name: 'linux', version: '7.2.6-1', suite: 'trixie' };
const CONTENT = randomBytes(300_000);

const makeArchive = async (archive: string): Promise<void> => {
  const pool = join(archive, 'pool/linux');
  const index = join(archive, 'dists/trixie/main/source');
  await mkdir(pool, { recursive: true });
  await mkdir(index, { recursive: true });
  await writeFile(join(pool, 'linux_7.2.6.orig.tar.xz'), CONTENT);
  await writeFile(join(pool, 'linux_7.2.6-1.dsc'), 'description\n');
  const files = await Promise.all(
    ['linux_7.2.6-1.dsc', 'linux_7.2.6.orig.tar.xz'].map(async (name) => {
      const path = join(pool, name);
      return ` ${await fileDigest(path)} ${(await stat(path)).size} ${name}`;
    }),
  );
  const stanza = [
    'Package: linux',
    'Format: 3.0 (quilt)',
    'Binary: linux-image',
    'Architecture: all',
    'Version: 7.2.6-1',
    'Directory: pool/linux',
    'Checksums-Sha256:',
    ...files,
  ];
  const sources = join(index, 'Sources');
  await writeFile(sources, `${stanza.join('\n')}\n\n`);
  const listed = ` ${await fileDigest(sources)} ${(await stat(sources)).size} main/source/Sources`;
  const release = `Suite: trixie\nCodename: trixie\nComponents: main\nArchitectures: all\nSHA256:\n${listed}\n`;
  await writeFile(join(archive, 'dists/trixie/Release'), release);
};

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'apt-'));
  await makeArchive(join(dir, 'archive'));
  const list = join(dir, 'sources.list');
  await writeFile(list, `deb [trusted=yes] copy:${dir}/archive stable main\n`);
  const hook = `touch ${dir}/hook-ran`;
  await writeFile(
    join(dir, 'machine.conf'),
    `Dir::Etc::sourcelist "${list}"; Dir::Etc::sourceparts "/dev/null"; APT::Update::Post-Invoke { "${hook}"; };\n`,
  );
  configured = process.env['APT_CONFIG'];
  process.env['APT_CONFIG'] = join(dir, 'machine.conf');
});
afterEach(async () => {
  if (configured === undefined) delete process.env['APT_CONFIG'];
  else process.env['APT_CONFIG'] = configured;
  await rm(dir, { recursive: true });
});

it("fetches the upstream tarball from the machine's archive, and runs none of its hooks", async () => {
  const path = await fetchSourceTarball(SOURCE, join(dir, 'ours'));
  expect(path).toBe(join(dir, 'ours/fetched/linux_7.2.6.orig.tar.xz'));
  expect((await readFile(path)).equals(CONTENT)).toBe(true);
  await expect(stat(join(dir, 'hook-ran'))).rejects.toThrow('ENOENT');
});

it("goes through the machine's proxy", async () => {
  const asked: string[] = [];
  const proxy: RequestListener = async (request, response) => {
    const { host, pathname } = new URL(request.url ?? '');
    asked.push(host);
    const content = await readFile(join(dir, pathname)).catch(() => null);
    response.writeHead(content ? 200 : 404).end(content);
  };
  await withServer(proxy, async (url) => {
    await writeFile(
      join(dir, 'sources.list'),
      'deb [trusted=yes] http://no-such-host.invalid/archive stable main\n',
    );
    await appendFile(join(dir, 'machine.conf'), `Acquire::http::Proxy "${url}";\n`);
    const path = await fetchSourceTarball(SOURCE, join(dir, 'ours'));
    expect((await readFile(path)).equals(CONTENT)).toBe(true);
  });
  expect(new Set(asked)).toEqual(new Set(['no-such-host.invalid']));
});

it('lists the versions of a package with the checksums of their tarballs', async () => {
  const folder = join(dir, 'list');
  const tarball = join(dir, 'archive/pool/linux/linux_7.2.6.orig.tar.xz');
  expect(await listSources({ name: 'linux', suite: 'trixie' }, folder)).toEqual([
    { version: '7.2.6-1', sha256: await fileDigest(tarball) },
  ]);
  await expect(listSources({ name: 'linux', suite: 'forky' }, folder)).rejects.toMatchObject({
    code: 'apt-failed',
  });
});

it('completes what an earlier run left half done', async () => {
  const path = await fetchSourceTarball(SOURCE, join(dir, 'ours'));
  await truncate(path, 1000);
  await fetchSourceTarball(SOURCE, join(dir, 'ours'));
  expect((await readFile(path)).equals(CONTENT)).toBe(true);
});

it('refuses a tarball that is not the one of the archive', async () => {
  const pool = join(dir, 'archive/pool/linux/linux_7.2.6.orig.tar.xz');
  await writeFile(pool, Buffer.alloc(CONTENT.length));
  await expect(fetchSourceTarball(SOURCE, join(dir, 'ours'))).rejects.toMatchObject({
    code: 'apt-failed',
    why: expect.stringMatching(/Hash Sum mismatch|Failed to fetch/),
  });
});

it.each([
  [{ ...SOURCE, version: '9.9-1' }, /Can not find version '9\.9-1'|Unable to find/],
  [{ ...SOURCE, suite: 'forky' }, /forky/],
])('says why there is no %j', async (source, why) => {
  const failing = fetchSourceTarball(source, join(dir, 'ours'));
  await expect(failing).rejects.toMatchObject({ code: 'apt-failed', why: expect.stringMatching(why) });
});

it('says that a machine has no Debian archive', async () => {
  await writeFile(join(dir, 'sources.list'), 'deb http://example.org/ubuntu noble main\n');
  await expect(fetchSourceTarball(SOURCE, join(dir, 'ours'))).rejects.toMatchObject({
    code: 'no-debian-archive',
  });
});

it('takes nothing from the folders of the system and puts nothing there', async () => {
  const before = await run('find', [
    '/var/lib/apt',
    '/var/cache/apt',
    '/etc/apt',
    '-newer',
    join(dir, 'machine.conf'),
  ]);
  await fetchSourceTarball(SOURCE, join(dir, 'ours'));
  await copyFile(join(dir, 'machine.conf'), join(dir, 'copy'));
  const after = await run('find', [
    '/var/lib/apt',
    '/var/cache/apt',
    '/etc/apt',
    '-newer',
    join(dir, 'machine.conf'),
  ]);
  expect(after.stdout).toBe(before.stdout);
});
