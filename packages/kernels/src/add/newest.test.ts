// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState, run } from '@uio-msi/host';
import { silent } from '@uio-msi/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makefileOf } from '../../testing/fake-kernel.js';
import { gitServer } from '../../testing/git-server.js';
import { loadCatalogue } from '../catalogue/load.js';
import { type ObjectStore, openStore } from '../store/open.js';
import { addKernel } from './add.js';

let dir: string;
let store: ObjectStore;
let server: Server;
let url: string;
let catalogue: string;

// Two repositories on one server, as on kernel.org, with the tags that each has there.
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'add-newest-'));
  store = await openStore(await openState(join(dir, 'state')));
  await mkdir(join(dir, 'git'));
  server = createServer(gitServer(join(dir, 'git')));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  catalogue = join(dir, 'kernels.yaml');
  await writeFile(
    catalogue,
    `origins:
  - { kind: git, url: "${url}/linux.git", tags: v }
  - { kind: git, url: "${url}/linux-next.git", tags: "" }
kernels:
  - line: "7.2"
    version: "7.2.6"
    sources:
      - { kind: git, url: "${url}/linux.git", tag: v7.2.6 }
`,
  );
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(dir, { recursive: true });
});

const git = async (...args: string[]): Promise<void> => {
  const { exitCode, stderr } = await run('git', [
    '-c',
    'user.name=t',
    '-c',
    'user.email=t@localhost',
    ...args,
  ]);
  if (exitCode !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
};

/** Tags of a repository on the server, each a commit whose Makefile says that it is the version given. */
const publish = async (name: string, tags: Readonly<Record<string, string>>): Promise<void> => {
  const work = join(dir, name);
  await git('init', '-q', work);
  for (const [tag, version] of Object.entries(tags)) {
    await writeFile(join(work, 'Makefile'), `${makefileOf(version)}# ${tag}\n`);
    await git('-C', work, 'add', '.');
    await git('-C', work, 'commit', '-qm', tag);
    await git('-C', work, 'tag', '-a', '-m', tag, tag);
  }
  await git('clone', '-q', '--mirror', work, join(dir, 'git', `${name}.git`));
};

const add = (name: string) => addKernel(store, catalogue, name, { progress: silent });
const makefile = async (commit: string): Promise<string> =>
  (await run('git', [`--git-dir=${store.gitDir}`, 'show', `${commit}:Makefile`])).stdout;

describe('kernels add of a line that moves', () => {
  it('takes the newest day of linux-next', async () => {
    await publish('linux', { 'v7.3-rc2': '7.3-rc2' });
    // The tags of what it is made of are there too, and are none of its days.
    await publish('linux-next', {
      'next-20261231': '7.3-rc1',
      'next-20270104': '7.3-rc2',
      'next-20270102': '7.3-rc2',
      'v7.9-rc9': '7.9-rc9',
      'next-20270105-fixes': '7.3-rc2',
    });
    const added = await add('next');
    const source = { kind: 'git', url: `${url}/linux-next.git`, tag: 'next-20270104' };
    expect(added.kernel).toEqual({ line: 'next', version: 'next-20270104', sources: [source] });
    expect(await makefile(added.commit)).toContain('# next-20270104');
    const { kernels } = await loadCatalogue(catalogue);
    expect(kernels.map(({ version }) => version)).toEqual(['next-20270104', '7.2.6']);

    const before = await readFile(catalogue, 'utf8');
    await expect(add('next')).rejects.toMatchObject({
      code: 'kernel-known',
      message: 'the catalogue has linux next-20270104 already, on line next',
    });
    expect(await readFile(catalogue, 'utf8')).toBe(before);
  });

  it.each([
    ['the newest candidate', ['7.2', '7.2-rc7', '7.3-rc2', '7.3-rc10', '7.3-rc9', '7.2.7'], '7.3-rc10'],
    ['the release that ended the candidates', ['7.2.7', '7.3-rc1', '7.3-rc8', '7.3'], '7.3'],
  ])('takes of mainline %s', async (_, versions, newest) => {
    await publish('linux', Object.fromEntries(versions.map((version) => [`v${version}`, version])));
    await publish('linux-next', { 'next-20270104': '7.3-rc2', 'v7.9-rc9': '7.9-rc9' });
    const { kernel, commit } = await add('mainline');
    const source = { kind: 'git', url: `${url}/linux.git`, tag: `v${newest}` };
    expect(kernel).toEqual({ line: 'mainline', version: newest, sources: [source] });
    expect(await makefile(commit)).toContain(`# v${newest}\n`);
  });

  it('says that nobody lists one', async () => {
    await publish('linux', { 'v7.2.7': '7.2.7' });
    await publish('linux-next', { 'v7.2.7': '7.2.7' });
    for (const line of ['next', 'mainline'])
      await expect(add(line)).rejects.toMatchObject({
        code: 'kernel-not-listed',
        message: `no origin lists linux ${line}`,
      });
  });
});
