// SPDX-License-Identifier: MIT
import { access, appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { silent } from '@uio-msi/model';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeFakeKernel } from '../../test/fake-kernel/fake-kernel.js';
import { findArch } from '../arch.js';
import { findToolchain } from '../toolchain/find.js';
import { buildKernel } from './build.js';
import type { BuildRequest } from './request.js';

const ALLMOD = '# Over make allmodconfig\n# Compiled is only what the series touches\n';
const SOFT = `${ALLMOD}# CONFIG_WERROR is not set\n`;

let dir: string;
let request: BuildRequest;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'uio-msi-compile-'));
  const worktree = join(dir, 'worktree');
  writeFakeKernel(worktree);
  request = {
    worktree,
    buildDir: join(dir, 'build'),
    arch: findArch('x86_64'),
    toolchain: await findToolchain(null),
    fragments: [{ name: 'allmod.config', text: SOFT, required: true }],
    touched: ['include/linux/uio_driver.h'],
    modules: ['drivers/uio/uio.ko'],
  };
});
afterEach(() => rm(dir, { recursive: true }));

const build = (changes: Partial<BuildRequest> = {}) =>
  buildKernel(
    { ...request, ...changes },
    { progress: silent, work: 'w', log: join(dir, 'log'), ccache: null },
  );
// Times of files go by the kernel's tick: what is written in the same as an object is not newer than it.
const TICK_MS = 20;
const write = async (path: string, text: string) => {
  await sleep(TICK_MS);
  await writeFile(join(request.worktree, path), text);
};
const edit = async (path: string, text: string) => {
  await sleep(TICK_MS);
  await appendFile(join(request.worktree, path), text);
};
const made = async (path: string) => (await stat(join(request.buildDir, path))).mtimeMs;

it('is of the sources that include what is touched, over the configuration that is named, and no kernel', async () => {
  await write('init/other.c', 'int other;\n');
  const result = await build();
  expect(result).toMatchObject({
    ...{ ok: true, made: true, reason: null, findings: [], image: null, modules: [], builtIn: [] },
    sources: { compiled: ['drivers/uio/uio.c', 'init/main.c'], broken: [], leftOut: [] },
    others: [{ kind: '-Wunused-parameter', file: 'init/main.c' }],
    command: expect.stringMatching(/ make -C .* -k drivers\/uio\/uio\.o init\/main\.o$/),
  });
  const config = await readFile(join(request.buildDir, '.config'), 'utf8');
  expect(config).toContain('CONFIG_UIO=m');
  expect(config).not.toContain('TINY');
  await expect(access(join(request.buildDir, 'arch/x86/boot/bzImage'))).rejects.toThrow('ENOENT');
  await expect(access(join(request.buildDir, 'init/other.o'))).rejects.toThrow('ENOENT');
});

it('is of one source where no header is touched, and of none where no source is', async () => {
  const touched = ['drivers/uio/uio.c', 'drivers/uio/gone.c', 'drivers/uio/Makefile', 'tools/uio/x.c'];
  const { sources } = await build({ touched });
  expect(sources).toEqual({ compiled: ['drivers/uio/uio.c'], broken: [], leftOut: [] });
  expect(await build({ touched: ['MAINTAINERS'] })).toMatchObject({ made: true, sources: { compiled: [] } });
});

it('tells what the configuration leaves out, whether the Makefile or make says so', async () => {
  const text = '#include <linux/uio_driver.h>\n';
  await write('drivers/uio/off.c', text);
  await write('drivers/uio/part.c', text);
  await edit('drivers/uio/Makefile', 'obj-$(CONFIG_UIO_OFF) += off.o\n');
  expect(await build()).toMatchObject({
    ...{ ok: true, findings: [], others: [{ kind: '-Wunused-parameter' }] },
    command: expect.not.stringContaining('off.o'),
    sources: {
      compiled: ['drivers/uio/uio.c', 'init/main.c'],
      broken: [],
      leftOut: ['drivers/uio/off.c', 'drivers/uio/part.c'],
    },
  });
});

it('goes on behind a source that does not compile, and says what is wrong with it', async () => {
  await build();
  await edit('drivers/uio/uio.c', 'int more = none;\n');
  await edit('init/main.c', 'static int unused;\n');
  const result = await build();
  expect(result).toMatchObject({
    ...{
      ok: false,
      made: true,
      reason: expect.stringMatching(/^drivers\/uio\/uio\.c:\d+: 'none' undeclared/),
    },
    sources: { compiled: ['init/main.c'], broken: ['drivers/uio/uio.c'] },
    findings: [
      { tool: 'gcc', severity: 'error', file: 'drivers/uio/uio.c' },
      { tool: 'make', kind: 'not-compiled', severity: 'error', file: 'drivers/uio/uio.c' },
    ],
  });
  expect(result.others).toContainEqual(expect.objectContaining({ kind: '-Wunused-variable' }));
});

it('blames a header for the sources of others that it breaks', async () => {
  await write('include/linux/uio_driver.h', 'struct uio_info { int (*open)(void); };\n');
  expect(await build({ touched: ['include/linux/uio_driver.h'] })).toMatchObject({ ok: false, made: false });
  await write('drivers/uio/uio.c', 'int uio;\n');
  const { findings } = await build({ touched: ['include/linux/uio_driver.h', 'drivers/uio/uio.c'] });
  expect(findings).toContainEqual(
    expect.objectContaining({ kind: 'not-compiled', file: 'init/main.c', severity: 'error' }),
  );
  expect(findings).toContainEqual(expect.objectContaining({ tool: 'gcc', file: 'init/main.c' }));
});

it('says again what it said, and compiles nothing twice', async () => {
  const first = await build();
  const object = await made('init/main.o');
  expect(await build()).toEqual(first);
  await edit('drivers/uio/uio.c', '\n');
  expect((await build()).others).toEqual(first.others);
  expect(await made('init/main.o')).toBe(object);
});

it('fails where the tree cannot be prepared', async () => {
  await edit('Makefile', '\nprepare:\n\t@false\n');
  expect(await build()).toMatchObject({ ok: false, made: false, reason: expect.stringContaining('***') });
});

it('fails where make does without a word of an object, though one of before is there', async () => {
  await build();
  await edit('Makefile', '\ndrivers/uio/uio.o: gen.h\ngen.h:\n\t@echo cannot; false\n');
  expect(await build()).toMatchObject({ ok: false, made: false, reason: expect.stringContaining('gen.h') });
});

it('makes an error of every warning where the configuration does', async () => {
  const fragments = [{ name: 'allmod.config', text: ALLMOD, required: true }];
  expect((await build({ fragments })).sources?.broken).toEqual(['init/main.c']);
});
