// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState, run } from '@uio-msi/host';
import { EnvironmentError, type ProgressEvent, silent } from '@uio-msi/model';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addBulk, makeKernel, pack, type Tarball, treeOf } from '../testing/fake-kernel.js';
import { startScript } from '../testing/script.js';
import type { Kernel, Source } from './catalogue/kernel.js';
import { ensureKernel } from './ensure.js';
import { type ObjectStore, openStore } from './store/open.js';

let made: string;
let dir: string;
let store: ObjectStore;
let tree: string;
let tarball: Tarball;
let server: Server;
let url: string;
let answer: RequestListener;
let asked: string[];

const serve: RequestListener = async (request, response) => {
  const content = await readFile(tarball.path);
  const start = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const headers = { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` };
  response.writeHead(start > 0 ? 206 : 200, { 'content-length': content.length - start, ...headers });
  response.end(content.subarray(start));
};

beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), 'ensure-kernel-'));
  const kernel = join(made, 'kernel');
  await mkdir(kernel);
  await makeKernel(kernel, '7.2.6');
  await addBulk(kernel, 100, 30_000);
  tree = await treeOf(kernel);
  tarball = await pack(kernel, join(made, 'linux-7.2.6.tar.xz'), 'linux-7.2.6');
});
afterAll(() => rm(made, { recursive: true }));

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ensure-'));
  store = await openStore(await openState(join(dir, 'state')));
  asked = [];
  answer = serve;
  server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.range ?? ''}`.trim());
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(dir, { recursive: true });
});

const kernelFrom = (...sources: Source[]): Kernel => ({ line: '7.2', version: '7.2.6', sources });
const served = (): Source => ({ kind: 'tarball', url: `${url}/linux-7.2.6.tar.xz`, sha256: tarball.sha256 });
const gone: Source = { kind: 'git', url: 'https://no-such-host.invalid/linux.git', tag: 'v7.2.6' };
const ensure = (kernel: Kernel) => ensureKernel(store, kernel, { progress: silent });
const git = async (...args: string[]) =>
  (await run('git', [`--git-dir=${store.gitDir}`, ...args])).stdout.trim();

/** That the store has the kernel, all of it, and nothing that was left behind. */
const expectSound = async (): Promise<void> => {
  expect(await git('rev-parse', 'refs/kernels/7.2.6^{tree}')).toBe(tree);
  expect(await git('for-each-ref', '--format=%(refname)')).toBe('refs/kernels/7.2.6');
  expect(
    (await readdir(join(store.gitDir, 'objects/pack'))).filter((name) => name.startsWith('tmp_')),
  ).toEqual([]);
  expect((await readdir(store.gitDir)).filter((name) => /crash|lock/.test(name))).toEqual([]);
  expect(await readdir(store.state.path('downloads'))).toEqual([]);
  const fsck = await run('git', [`--git-dir=${store.gitDir}`, 'fsck', '--full', '--no-dangling']);
  expect(fsck).toMatchObject({ exitCode: 0 });
};

describe('ensureKernel', () => {
  it('does not take another kernel for the one that is named, and leaves nothing of it', async () => {
    const other = { ...kernelFrom(served()), version: '7.2.7' };
    await expect(ensure(other)).rejects.toMatchObject({
      code: 'kernel-unavailable',
      why: expect.stringContaining(': this is linux 7.2.6'),
    });
    expect(await git('for-each-ref', 'refs/kernels')).toBe('');
    expect(await readdir(store.state.path('downloads'))).toEqual([]);
    await expect(ensure({ ...other, version: 'next-20261120' })).resolves.toMatchObject({ tree });
  });

  it('takes the first source that has it, tells what it does, and asks nobody the second time', async () => {
    const events: ProgressEvent[] = [];
    const kernel = kernelFrom(gone, served());
    const first = await ensureKernel(store, kernel, {
      progress: (event) => events.push(event),
      work: 'cell',
    });
    expect(first).toMatchObject({
      kernel,
      tree,
      source: expect.stringContaining(`${tarball.sha256} (pinned)`),
    });
    expect(events[0]).toEqual({ type: 'begin', id: 'kernel:7.2.6', title: 'linux 7.2.6', parent: 'cell' });
    expect(events).toContainEqual(
      expect.objectContaining({ text: 'importing linux-7.2.6.tar.xz', fraction: 1 }),
    );
    expect(events.at(-1)).toMatchObject({ type: 'end', verdict: 'good' });
    await expectSound();

    server.close();
    server.closeAllConnections();
    const started = performance.now();
    expect(await ensure(kernel)).toEqual(first);
    expect(performance.now() - started).toBeLessThan(1000);
    expect(asked).toEqual(['/linux-7.2.6.tar.xz']);
  });

  it('gives the same commit for the same tree from the same source', async () => {
    const { commit } = await ensure(kernelFrom(served()));
    store = await openStore(await openState(join(dir, 'another')));
    expect((await ensure(kernelFrom(served()))).commit).toBe(commit);
  });

  it('fetches a tag without its history', async () => {
    const origin = join(dir, 'origin.git');
    const at = [`--git-dir=${join(made, 'kernel.oracle')}`, '-c', 'user.name=x', '-c', 'user.email=x'];
    const parent = (await run('git', [...at, 'commit-tree', '-m', 'before', tree])).stdout.trim();
    const commit = (await run('git', [...at, 'commit-tree', '-p', parent, '-m', 'now', tree])).stdout.trim();
    await run('git', [...at, 'tag', '-a', '-m', 'linux 7.2.6', 'v7.2.6', commit]);
    await run('git', ['clone', '-q', '--bare', join(made, 'kernel.oracle'), origin]);
    await run('git', [
      `--git-dir=${origin}`,
      'fetch',
      '-q',
      join(made, 'kernel.oracle'),
      'v7.2.6:refs/tags/v7.2.6',
    ]);
    const source: Source = { kind: 'git', url: `file://${origin}`, tag: 'v7.2.6' };
    expect(await ensure(kernelFrom(source))).toMatchObject({ tree, source: `git file://${origin} v7.2.6` });
    expect((await run('git', [`--git-dir=${store.gitDir}`, 'cat-file', '-e', parent])).exitCode).not.toBe(0);
    await mkdir(store.state.path('downloads'), { recursive: true });
    await expectSound();
    const none = { ...source, tag: 'v9.9' };
    await expect(ensure({ ...kernelFrom(none), version: '9.9' })).rejects.toMatchObject({
      why: expect.stringContaining('has no tag v9.9'),
    });
  });

  it('looks a checksum up where none is pinned, and says so', async () => {
    const sums = `-----BEGIN PGP SIGNED MESSAGE-----\n\n${'0'.repeat(64)}  linux-7.2.5.tar.xz\n${tarball.sha256}  linux-7.2.6.tar.xz\n`;
    answer = (request, response) => {
      if (request.url === '/sums') response.end(sums);
      else serve(request, response);
    };
    const source: Source = { kind: 'tarball', url: `${url}/linux-7.2.6.tar.xz`, sums: `${url}/sums` };
    const { source: told } = await ensure(kernelFrom(source));
    expect(told).toContain(`SHA-256 ${tarball.sha256} (as in ${url}/sums)`);
    const unlisted = { ...kernelFrom({ ...source, url: `${url}/linux-7.2.7.tar.xz` }), version: '7.2.7' };
    await expect(ensure(unlisted)).rejects.toMatchObject({
      why: expect.stringContaining('does not list linux-7.2.7.tar.xz'),
    });
  });

  it('says of every source why it did not have it, at once', async () => {
    answer = (_, response) => response.writeHead(404).end();
    const started = performance.now();
    const error = await ensure(kernelFrom(gone, served())).catch((e) => e);
    expect(error).toBeInstanceOf(EnvironmentError);
    expect(error).toMatchObject({
      code: 'kernel-unavailable',
      message: expect.stringContaining('linux 7.2.6'),
    });
    expect(error.why).toMatch(
      /no-such-host\.invalid.*Could not resolve host.*; tarball http.*: the server answered 404/,
    );
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it.each<[string, RequestListener]>([
    [
      'cut off',
      (_, response) =>
        void readFile(tarball.path).then((all) => response.end(all.subarray(0, all.length / 2))),
    ],
    ['another', (_, response) => response.end('<html>please log in</html>')],
  ])('is not poisoned by a tarball that is %s', async (_, listener) => {
    answer = listener;
    await expect(ensure(kernelFrom(served()))).rejects.toMatchObject({ code: 'kernel-unavailable' });
    expect(await git('for-each-ref')).toBe('');
    answer = serve;
    expect((await ensure(kernelFrom(served()))).tree).toBe(tree);
    await expectSound();
  });

  it('says what to do about a store that is damaged', async () => {
    await rm(join(store.gitDir, 'HEAD'));
    await expect(ensure(kernelFrom(served()))).rejects.toMatchObject({
      code: 'store-failed',
      message: `git for-each-ref failed in ${store.gitDir}`,
      why: expect.stringContaining('not a git repository'),
    });
  });

  it('imports once when two want it at once: the second waits and says so', async () => {
    const notes: string[] = [];
    const progress = (event: ProgressEvent) => event.type === 'note' && notes.push(event.text);
    const kernel = kernelFrom(served());
    const both = await Promise.all([1, 2].map(() => ensureKernel(store, kernel, { progress })));
    expect(both[0]).toEqual(both[1]);
    expect(asked.length).toBe(1);
    expect(notes).toEqual([
      expect.stringMatching(/^linux 7\.2\.6: waiting for the object store \(process \d+/),
    ]);
  });
});

describe('killed', () => {
  const catalogue = async (): Promise<string> => {
    const file = join(dir, 'kernels.yaml');
    await writeFile(file, JSON.stringify({ kernels: [kernelFrom(served())] }));
    return file;
  };

  it.each([
    ['while asking', '"asking for'],
    ['at the beginning of the import', '"importing'],
    ['in the middle of the import', '"fraction":0.[5-9]'],
    ['at the end of the import', '"fraction":1'],
  ])('%s, it is no worse than not begun', async (_, when) => {
    const kill = new RegExp(when);
    const { ended, lines } = startScript(
      'ensure-kernel.ts',
      [store.state.dir, await catalogue(), '7.2'],
      (line, script) => {
        if (line.includes('"import') || line.includes('"asking')) if (kill.test(line)) script.kill('SIGKILL');
      },
    );
    await ended;
    expect(lines.at(-1)).not.toContain('"commit"');
    expect((await ensure(kernelFrom(served()))).tree).toBe(tree);
    await expectSound();
  });

  it('in the middle of the download, it goes on from there', async () => {
    const all = await readFile(tarball.path);
    const half = Math.floor(all.length / 2);
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': all.length });
      response.write(all.subarray(0, half));
    };
    const { ended, process } = startScript('ensure-kernel.ts', [store.state.dir, await catalogue(), '7.2']);
    const part = store.state.path('downloads', 'linux-7.2.6.tar.xz.part');
    await expect
      .poll(async () => (await readFile(part).catch(() => '')).length, { timeout: 50_000 })
      .toBe(half);
    process.kill('SIGKILL');
    await ended;
    answer = serve;
    await ensure(kernelFrom(served()));
    expect(asked.at(-1)).toBe(`/linux-7.2.6.tar.xz bytes=${half}-`);
    await expectSound();
  });

  it('by halves: an import whose git or xz is killed says so, and the next is good', async () => {
    for (const victim of ['git', 'xz']) {
      const bin = join(dir, `bin-${victim}`);
      await mkdir(bin);
      const real = (await run('which', [victim])).stdout.trim();
      const script = `#!/bin/sh\ncase "$*" in *fast-import*|*decompress*) head -c 500000 >/dev/null; kill -9 $$;; esac\nexec ${real} "$@"\n`;
      await writeFile(join(bin, victim), script, { mode: 0o755 });
      const path = process.env['PATH'];
      process.env['PATH'] = `${bin}:${path}`;
      try {
        await expect(ensure(kernelFrom(served()))).rejects.toMatchObject({ code: 'kernel-unavailable' });
      } finally {
        process.env['PATH'] = path;
      }
    }
    expect((await ensure(kernelFrom(served()))).tree).toBe(tree);
    await expectSound();
  });
});
