// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openState, run, type State } from '@uio-msi/host';
import { type ProgressEvent, silent } from '@uio-msi/model';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findArch } from '../arches.js';
import { ensureBaseImage } from './base.js';
import { librariesOf, parseLdd } from './libraries.js';

// One whose guests run this machine's own programs.
const ours = { ...findArch('x86_64'), node: process.arch };

describe('ensureBaseImage', () => {
  let state: State;
  beforeEach(async () => {
    state = await openState(await mkdtemp(join(tmpdir(), 'base-test-')));
  });
  afterEach(() => rm(state.dir, { recursive: true }));

  it('holds a Node that runs with nothing but the image around it, and busybox under all its names', async () => {
    const input = await readFile(await ensureBaseImage(state, ours, { progress: silent }));
    const root = state.path('root');
    await mkdir(root);
    await run('cpio', ['--quiet', '-i', '-d', 'bin/*', 'lib*', 'usr/*'], { input, cwd: root });
    const libraries = (await librariesOf(process.execPath)).map((path) => join(root, path));
    const loader = libraries.find((path) => path.includes('/ld-')) ?? '';
    const folders = libraries.map(dirname).join(':');
    const node = [join(root, 'usr/bin/node'), '-p', '6*7'];
    const inside = await run(loader, ['--inhibit-cache', '--library-path', folders, ...node]);
    expect(inside.stdout).toBe('42\n');
    expect((await run(join(root, 'bin/sh'), ['-c', 'echo $0'])).exitCode).toBe(0);
  });

  it('is made once for each content', async () => {
    const events: ProgressEvent[] = [];
    const ctx = { progress: (event: ProgressEvent) => void events.push(event) };
    const first = await ensureBaseImage(state, ours, ctx);
    const { ino } = await stat(first);
    expect(await ensureBaseImage(state, ours, ctx)).toBe(first);
    expect((await stat(first)).ino).toBe(ino);
    expect(events.map(({ type }) => type)).toEqual(['begin', 'end']);
  });

  it('leaves nothing half done behind', async () => {
    await ensureBaseImage(state, ours, { progress: silent });
    expect(await readdir(state.path('guest'))).toHaveLength(1);
  });
});

describe('parseLdd', () => {
  it('takes libraries and the loader, and no vDSO', () => {
    const output = [
      '\tlinux-vdso.so.1 (0x00007ffd8a5f2000)',
      '\tlibm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00007f2b9c4e0000)',
      '\t/lib64/ld-linux-x86-64.so.2 (0x00007f2b9c5f1000)',
    ].join('\n');
    expect(parseLdd(output)).toEqual(['/lib/x86_64-linux-gnu/libm.so.6', '/lib64/ld-linux-x86-64.so.2']);
  });
});

describe('librariesOf', () => {
  it('says which library is missing, and what helps', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ldd-test-'));
    await writeFile(join(folder, 'ldd'), "#!/bin/sh\nprintf '\\tlibno.so.1 => not found\\n'\n", {
      mode: 0o755,
    });
    vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
    try {
      await expect(librariesOf('/usr/bin/node')).rejects.toMatchObject({
        code: 'library-missing',
        message: '/usr/bin/node needs libno.so.1, which is not installed',
        next: expect.stringContaining('libno.so.1'),
      });
    } finally {
      vi.unstubAllEnvs();
      await rm(folder, { recursive: true });
    }
  });
});
