// SPDX-License-Identifier: MIT
import { spawn } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silent } from '@uio-msi/model';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeFakeKernel } from '../../test/fake-kernel/fake-kernel.js';
import { findArch } from '../arch.js';
import { findToolchain } from '../toolchain/find.js';
import { buildKernel } from './build.js';
import type { BuildRequest } from './request.js';

let dir: string;
let request: BuildRequest;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'uio-msi-build-'));
  const worktree = join(dir, 'worktree');
  writeFakeKernel(worktree);
  request = {
    worktree,
    buildDir: join(dir, 'build'),
    arch: findArch('x86_64'),
    toolchain: await findToolchain(null),
    fragments: [{ name: 'minimal.config', text: 'CONFIG_UIO=m\n', required: false }],
    touched: ['drivers/uio/uio.c', 'drivers/uio/Kconfig'],
    modules: ['drivers/uio/uio.ko'],
  };
});
afterEach(() => {
  vi.unstubAllEnvs();
  return rm(dir, { recursive: true });
});

const build = (changes: Partial<BuildRequest> = {}) =>
  buildKernel(
    { ...request, ...changes },
    { progress: silent, work: 'w', log: join(dir, 'log'), ccache: null },
  );
const edit = (path: string, text: string) => appendFile(join(request.worktree, path), text);
const built = async (path: string) => (await stat(join(request.buildDir, path))).mtimeMs;

describe('a tree that is fine', () => {
  it('gives the image and the modules, and says how', async () => {
    const result = await build();
    expect(result).toMatchObject({ ok: true, reason: null, findings: [] });
    expect(await readFile(result.image ?? '')).not.toHaveLength(0);
    expect(result.modules).toEqual([join(request.buildDir, 'drivers/uio/uio.ko')]);
    expect(result.command).toMatch(/^LC_ALL=C .* make -C \S+ -j\d+ O=\S+ ARCH=x86_64 .*bzImage modules$/);
  });

  it('is configured once, and again when a fragment or a touched Kconfig file changes', async () => {
    await build();
    const first = await built('.config');
    await build();
    expect(await built('.config')).toBe(first);
    const config = () => readFile(join(request.buildDir, '.config'), 'utf8');
    const fragments = [
      { name: 'minimal.config', text: 'CONFIG_UIO=m\nCONFIG_UIO_X=y\nCONFIG_SMP=y\n', required: false },
    ];
    await build({ fragments });
    expect(await config()).toContain('CONFIG_SMP=y');
    await edit('drivers/uio/Kconfig', '\nconfig UIO_X\n\tbool "x"\n');
    await build({ fragments });
    expect(await config()).toContain('CONFIG_UIO_X=y');
  });

  it('leaves the image alone when only a module changed', async () => {
    await build();
    const image = await built('arch/x86/boot/bzImage');
    await edit('drivers/uio/uio.c', '\nint more;\n');
    await build();
    expect(await built('arch/x86/boot/bzImage')).toBe(image);
  });
});

describe('options that do not survive', () => {
  const dropped = { tool: 'kconfig', kind: 'dropped-option', message: 'CONFIG_NONE: wanted y, got n' };
  const withNone = (required: boolean) => [
    ...request.fragments,
    { name: 'other.config', text: 'CONFIG_NONE=y', required },
  ];

  it('are named', async () => {
    const result = await build({ fragments: withNone(false) });
    expect(result.ok).toBe(true);
    expect(result.findings).toEqual([
      expect.objectContaining({ ...dropped, severity: 'note', file: 'other.config' }),
    ]);
  });

  it('fail the build when it is worthless without them', async () => {
    const result = await build({ fragments: withNone(true) });
    expect(result).toMatchObject({
      ok: false,
      image: null,
      reason: 'other.config: CONFIG_NONE: wanted y, got n',
    });
  });
});

describe('a configuration without modules', () => {
  const builtin = () => ({
    fragments: [
      { name: 'builtin.config', text: '# CONFIG_MODULES is not set\n', required: false },
      { name: 'series.yaml', text: 'CONFIG_UIO=m\n', required: true },
    ],
  });

  it('has them in the image', async () => {
    const result = await build(builtin());
    expect(result).toMatchObject({
      ok: true,
      findings: [],
      modules: [],
      builtIn: ['drivers/uio/uio.ko'],
      command: expect.stringMatching(/ bzImage$/),
    });
  });

  it('is told from one that lacks them', async () => {
    await writeFile(join(request.worktree, 'drivers/uio/Makefile'), '');
    expect(await build(builtin())).toMatchObject({
      ok: false,
      reason: expect.stringContaining('uio.ko was not built'),
    });
  });
});

describe('an option of the series that depends on another', () => {
  const kconfig = 'config UIO\n\ttristate "x"\n\tdepends on PCI && PCI_MSI\n';
  // The fake Kconfig knows no dependencies: an option that nobody declares is as good as one without them.
  const without = async (text: string, excusable = true) => {
    await writeFile(join(request.worktree, 'drivers/uio/Kconfig'), kconfig.replace('UIO', 'UIO_MSI'));
    await writeFile(
      join(request.worktree, 'drivers/uio/Makefile'),
      'obj-$(CONFIG_UIO_MSI)\t+= none.o uio.o # both\n',
    );
    await writeFile(join(request.worktree, 'scripts/olddefconfig.sh'), 'sed -i /CONFIG_UIO_MSI/d "$1"\n');
    return build({
      fragments: [
        { name: 'no-msi.config', text, required: false },
        { name: 'series.yaml', text: 'CONFIG_UIO_MSI=m\n', required: true, excusable },
      ],
    });
  };

  it('may be absent, with its module, where the configuration turns that off and it is excusable', async () => {
    const result = await without('# CONFIG_PCI_MSI is not set\n');
    expect(result).toMatchObject({ ok: true, modules: [], builtIn: [] });
    expect(result.findings).toEqual([
      expect.objectContaining({
        severity: 'note',
        message:
          'CONFIG_UIO_MSI: wanted m, got n: it depends on CONFIG_PCI_MSI, which the configuration turns off',
      }),
    ]);
  });

  it('may not when it is the whole series that wants it, and says what to do', async () => {
    expect(await without('# CONFIG_PCI_MSI is not set\n', false)).toMatchObject({
      ok: false,
      image: null,
      reason:
        'series.yaml: CONFIG_UIO_MSI: wanted m, got n: it depends on CONFIG_PCI_MSI, which the configuration ' +
        'turns off; when that is meant, exclude the configuration in series.yaml',
    });
  });

  it('may not for any other reason', async () => {
    expect(await without('# CONFIG_OTHER is not set\n')).toMatchObject({
      ok: false,
      reason: 'series.yaml: CONFIG_UIO_MSI: wanted m, got n',
    });
  });
});

describe('what is wrong with the sources', () => {
  it('is a finding: a compile error', async () => {
    await edit('drivers/uio/uio.c', 'int more = none;\n');
    const result = await build();
    expect(result).toMatchObject({ ok: false, image: null });
    expect(result.reason).toMatch(/^drivers\/uio\/uio\.c:\d+: 'none' undeclared/);
    expect(result.findings).toEqual([
      expect.objectContaining({ tool: 'gcc', severity: 'error', file: 'drivers/uio/uio.c' }),
    ]);
  });

  it('is a finding: a Kconfig file', async () => {
    await edit('drivers/uio/Kconfig', 'nonsense\n');
    expect(await build()).toMatchObject({
      ok: false,
      findings: [{ tool: 'kconfig', file: 'drivers/uio/Kconfig' }],
    });
  });

  it('is said again when nothing of it was rebuilt in between', async () => {
    await edit('drivers/uio/uio.c', 'int f(void) { int unused; return 0; }\n');
    const first = await build();
    expect(first).toMatchObject({ ok: false, findings: [{ kind: '-Wunused-variable' }] });
    expect(first.image).not.toBeNull();
    expect((await build()).findings).toEqual(first.findings);
    expect((await build()).findings).toEqual(first.findings);
  });

  it('is not looked for again where there was none', async () => {
    await build();
    const object = await built('drivers/uio/uio.o');
    await build();
    expect(await built('drivers/uio/uio.o')).toBe(object);
  });

  it('is told apart in files that the series leaves alone, and remembered until they are rebuilt', async () => {
    const first = await build();
    const own = { kind: '-Wunused-parameter', file: 'init/main.c' };
    expect(first).toMatchObject({ ok: true, findings: [], others: [own] });
    const object = await built('init/main.o');
    expect((await build()).others).toEqual(first.others);
    expect((await build()).others).toEqual(first.others);
    expect(await built('init/main.o')).toBe(object);
    await writeFile(join(request.worktree, 'init/main.c'), 'int start_kernel;\n');
    expect((await build()).others).toEqual([]);
  });

  it('is said again when it is in a header', async () => {
    await edit('include/linux/uio_driver.h', 'static int unused;\n');
    const header = { kind: '-Wunused-variable', file: 'include/linux/uio_driver.h' };
    for (const _ of ['first', 'again'])
      expect((await build()).others).toContainEqual(expect.objectContaining(header));
  });

  it('is said again after a build that was cut off, or when its record is damaged', async () => {
    await edit('drivers/uio/uio.c', 'int f(void) { int unused; return 0; }\n');
    const first = await build();
    await rm(join(request.buildDir, 'uio-msi.spoken'));
    expect((await build()).findings).toEqual(first.findings);
    await writeFile(join(request.buildDir, 'uio-msi.spoken'), '["drivers/uio/uio.c"]');
    expect((await build()).findings).toEqual(first.findings);
  });
});

it('names a module that was asked for and did not come', async () => {
  const result = await build({ modules: ['drivers/uio/none.ko'] });
  expect(result).toMatchObject({ ok: false, reason: expect.stringContaining('none.ko was not built') });
});

it('is not led by our environment', async () => {
  vi.stubEnv('CPATH', join(dir, 'leak'));
  await mkdir(join(dir, 'leak'));
  await writeFile(join(dir, 'leak/leak.h'), 'int leak;\n');
  await edit('drivers/uio/uio.c', '#include <leak.h>\n');
  expect(await build()).toMatchObject({ ok: false, reason: expect.stringContaining('leak.h') });
});

it('does not take a module of an earlier build for one of this', async () => {
  expect(await build()).toMatchObject({ ok: true });
  await writeFile(join(request.worktree, 'drivers/uio/Makefile'), '');
  expect(await build()).toMatchObject({
    ok: false,
    modules: [],
    reason: expect.stringContaining('uio.ko was not built'),
  });
});

it('blames the machine when it lacks a tool', async () => {
  await writeFile(join(request.worktree, 'scripts/olddefconfig.sh'), 'flexx --version\n');
  await expect(build()).rejects.toMatchObject({
    code: 'command-not-found',
    message: expect.stringContaining('flexx'),
  });
});

it('blames the machine when make is killed', async () => {
  await writeFile(join(request.worktree, 'scripts/olddefconfig.sh'), 'kill -KILL $PPID\n');
  await expect(build()).rejects.toMatchObject({ code: 'make-killed', exitCode: 3 });
});

it('goes on after kill -9 in the middle of writing an object', async () => {
  await build();
  const whole = await readFile(join(request.buildDir, 'drivers/uio/uio.o'));
  // A compiler that writes half an object and then takes its time.
  const slow = join(dir, 'slow-gcc');
  await writeFile(
    slow,
    '#!/bin/sh\nwhile [ "$1" != -o ]; do shift; done\nprintf half > "$2"\nexec sleep 60\n',
    {
      mode: 0o755,
    },
  );
  await edit('drivers/uio/uio.c', '\n');
  const object = join(request.buildDir, 'drivers/uio/uio.o');
  await writeFile(join(request.buildDir, 'uio-msi.building'), '');
  const make = spawn('make', ['-C', request.worktree, `O=${request.buildDir}`, `CC=${slow}`, 'modules'], {
    detached: true,
  });
  const pid = make.pid ?? 0;
  await expect.poll(() => readFile(object, 'utf8')).toBe('half');
  process.kill(-pid, 'SIGKILL');
  await new Promise((resolve) => make.once('exit', resolve));

  // Without being told that the file was touched: that alone would remake it.
  expect(await build({ touched: [] })).toMatchObject({ ok: true });
  expect(await readFile(object)).toHaveLength(whole.length);
});
