// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fileDigest } from '../files/digest.js';
import { run } from '../process/run.js';
import { fetchBinaryPackages } from './fetch-binary.js';

// The machine's real apt, with a configuration of ours whose archive is a folder with a package for arm64.
let dir: string;
const WANTED = { names: ['some'], suite: 'bookworm', architecture: 'arm64' };

const control = (architecture: string): string =>
  `Package: some\nVersion: 1:2-3\nArchitecture: ${architecture}\nMaintainer: a@example.org\nDescription: some\n`;

const makeArchive = async (archive: string): Promise<void> => {
  const index = join(archive, 'dists/bookworm/main/binary-arm64');
  await mkdir(index, { recursive: true });
  await mkdir(join(archive, 'root/DEBIAN'), { recursive: true });
  await writeFile(join(archive, 'root/DEBIAN/control'), control('arm64'));
  const deb = join(archive, 'some_2-3_arm64.deb');
  await run('dpkg-deb', ['--build', join(archive, 'root'), deb]);
  const file = `Filename: some_2-3_arm64.deb\nSize: ${(await stat(deb)).size}\nSHA256: ${await fileDigest(deb)}\n`;
  const packages = join(index, 'Packages');
  await writeFile(packages, `${control('arm64')}${file}\n`);
  const listed = ` ${await fileDigest(packages)} ${(await stat(packages)).size} main/binary-arm64/Packages`;
  const release = `Suite: bookworm\nCodename: bookworm\nComponents: main\nArchitectures: arm64\nSHA256:\n${listed}\n`;
  await writeFile(join(archive, 'dists/bookworm/Release'), release);
};

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'apt-binary-'));
  await makeArchive(join(dir, 'archive'));
  const list = join(dir, 'sources.list');
  await writeFile(list, `deb [trusted=yes] copy:${dir}/archive stable main\n`);
  const conf = `Dir::Etc::sourcelist "${list}"; Dir::Etc::sourceparts "/dev/null";\n`;
  await writeFile(join(dir, 'machine.conf'), conf);
  vi.stubEnv('APT_CONFIG', join(dir, 'machine.conf'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true });
});

it('fetches a package of another architecture, which is not installed', async () => {
  const [path = ''] = await fetchBinaryPackages(WANTED, join(dir, 'ours'));
  expect(await fileDigest(path)).toBe(await fileDigest(join(dir, 'archive/some_2-3_arm64.deb')));
  expect((await run('dpkg', ['-s', 'some'])).exitCode).not.toBe(0);
});

it('takes no package that is another than the one listed', async () => {
  const deb = join(dir, 'archive/some_2-3_arm64.deb');
  const bytes = await readFile(deb);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  await writeFile(deb, bytes);
  await expect(fetchBinaryPackages(WANTED, join(dir, 'ours'))).rejects.toMatchObject({
    code: 'apt-failed',
    message: 'apt could not fetch some of bookworm for arm64',
  });
});

it('says that there is no such package', async () => {
  await expect(fetchBinaryPackages({ ...WANTED, names: ['none'] }, join(dir, 'ours'))).rejects.toMatchObject({
    code: 'apt-failed',
    why: expect.stringContaining('none'),
  });
});
