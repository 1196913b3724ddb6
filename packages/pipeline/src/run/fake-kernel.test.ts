// SPDX-License-Identifier: MIT
// source, apply, check and build for real, with git, make, the compiler and a checkpatch, on a
// kernel tree small enough for it.
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kernel } from '@uio-msi/kernels';
import type { RunResult } from '@uio-msi/model';
import { loadSeries } from '@uio-msi/series';
import { beforeEach, describe, expect, it } from 'vitest';
import { DRIVER_LINE, stageOf, useFakeKernel } from '../../test/fake-kernel-runs.js';
import { type Changes, MINIMAL } from '../../test/served-kernel.js';

const { now, check, edit } = useFakeKernel();
let { kernel, state, series } = {} as ReturnType<typeof now>;
beforeEach(() => {
  ({ kernel, state, series } = now());
});

const fragment = (name: string, text: string) => ({ name: `${name}.config`, text });
it('takes a series from tarball to modules, and the second time does nothing', async () => {
  const first = await check();
  expect(first.cells[0]?.stages.map(({ stage: name, verdict, reason }) => [name, verdict, reason])).toEqual([
    ['source', 'PASS', null],
    ['apply', 'PASS', null],
    ['check', 'PASS', null],
    ['base', 'PASS', null],
    ['build', 'PASS', null],
  ]);
  expect(stageOf(first, 'apply').patches?.map(({ status }) => status)).toEqual(['clean', 'clean']);
  const artefacts = state.path(stageOf(first, 'build').outputs['artefacts'] ?? '');
  expect(await readdir(join(artefacts, 'modules'))).toEqual(['uio.ko', 'uio_msi.ko']);

  const again = await check();
  const known = again.cells[0]?.stages.filter(({ cached }) => cached).map(({ stage: name }) => name);
  expect(known).toEqual(['apply', 'check', 'base', 'build']);
  expect(again.verdict).toBe('PASS');
});

describe('after an edit', () => {
  it('of a message, builds nothing', async () => {
    await check();
    await edit('It hands each vector', 'It gives each vector');
    const result = await check();
    expect(stageOf(result, 'apply').cached).toBe(false);
    expect(stageOf(result, 'build').cached).toBe(true);
  });

  it('of the driver, does not look at the tree without the series again', async () => {
    await check({ stages: ['inspect'] });
    await edit(DRIVER_LINE, 'return info->name && cmd ? (long)arg : -2;');
    const after = await check({ stages: ['inspect'] });
    expect(stageOf(after, 'base').cached).toBe(true);
    expect(stageOf(after, 'inspect')).toMatchObject({ verdict: 'PASS', cached: false });
  });

  it('of the driver, builds it and keeps what was built before', async () => {
    const before = stageOf(await check(), 'build');
    await edit(DRIVER_LINE, 'return info->name && cmd ? (long)arg : -2;');
    const after = stageOf(await check(), 'build');
    expect(after).toMatchObject({ verdict: 'PASS', cached: false });
    expect(after.outputs['digest']).not.toBe(before.outputs['digest']);
    expect(await readdir(state.path('artefacts'))).toHaveLength(2);
  });
});

describe('what a series needs', () => {
  it('is there before it, and not counted as its own', async () => {
    const result = await check({ prerequisites: [await loadSeries(series)], stages: ['apply'] });
    const upstream = { status: 'already-upstream' };
    expect(stageOf(result, 'apply').patches).toMatchObject([upstream, upstream]);
  });

  it('is named when it does not apply', async () => {
    await edit('CONFIG_UIO)\t+= uio.o\n', 'CONFIG_UIO)\t+= other.o\n');
    const result = await check({ prerequisites: [await loadSeries(series)], stages: ['apply'] });
    expect(stageOf(result, 'source')).toMatchObject({
      verdict: 'FAIL',
      reason: expect.stringMatching(/^what the series needs: 0002-.*\.patch: conflict/),
    });
  });
});

describe('what is wrong with a series', () => {
  it('names the patch, the file and the hunk that do not apply', async () => {
    await edit('CONFIG_UIO)\t+= uio.o\n', 'CONFIG_UIO)\t+= other.o\n');
    const result = await check();
    expect(result.verdict).toBe('FAIL');
    expect(stageOf(result, 'apply')).toMatchObject({
      verdict: 'FAIL',
      reason: expect.stringMatching(
        /^0002-.*\.patch: conflict in drivers\/uio\/Makefile at @@ -1,2 \+1,3 @@/,
      ),
    });
    expect(stageOf(result, 'build')).toMatchObject({ verdict: 'SKIP', reason: 'apply ended with FAIL' });
    expect(stageOf(result, 'check').verdict).toBe('PASS');
  });

  it('is a finding of the compiler', async () => {
    await edit(DRIVER_LINE, 'return info->none && cmd ? (long)arg : -1;');
    const result = await check();
    expect(stageOf(result, 'build')).toMatchObject({
      verdict: 'FAIL',
      reason: expect.stringMatching(/^drivers\/uio\/uio_msi\.c:8: .* has no member named 'none'/),
      findings: expect.arrayContaining([
        expect.objectContaining({ tool: 'gcc', severity: 'error', file: 'drivers/uio/uio_msi.c', line: 8 }),
      ]),
      log: expect.stringMatching(/^ledger\/build\/[0-9a-f]{64}\.log\.gz$/),
    });
  });

  it('is a warning that it brings to a file of others, and not one that is there without it', async () => {
    const declared = 'long uio_ioctl(struct uio_info *info, unsigned int cmd, unsigned long arg);';
    const noreturn = 'int start_kernel(struct uio_info *info, int warned_about) __attribute__((noreturn));';
    await edit(declared, `${declared} ${noreturn}`, '0001-uio-add-an-ioctl-operation.patch');
    const result = await check();
    expect(stageOf(result, 'build')).toMatchObject({
      verdict: 'FAIL',
      reason: expect.stringMatching(/^init\/main\.c:9: .*'noreturn'/),
      findings: expect.not.arrayContaining([expect.objectContaining({ kind: '-Wunused-parameter' })]),
      outputs: { artefacts: expect.any(String) },
    });
  });

  it('is a finding of checkpatch, which holds nothing up', async () => {
    await edit(DRIVER_LINE, `${DRIVER_LINE} `);
    const result = await check();
    expect(stageOf(result, 'check')).toMatchObject({
      verdict: 'FAIL',
      findings: [{ tool: 'checkpatch', kind: 'TRAILING_WHITESPACE', file: 'drivers/uio/uio_msi.c', line: 8 }],
    });
    expect(stageOf(result, 'build').verdict).toBe('PASS');
  });

  it('is an option that Kconfig does not let through', async () => {
    await edit('CONFIG_UIO_MSI=m', 'CONFIG_UIO_NONE=m', 'series.yaml');
    expect(stageOf(await check(), 'build')).toMatchObject({
      verdict: 'FAIL',
      reason: expect.stringContaining('CONFIG_UIO_NONE: wanted m, got n'),
    });
  });
});

describe('the inspection of a built tree', () => {
  const inspect = async (changes: Changes = {}) =>
    stageOf(await check({ stages: ['inspect'], ...changes }), 'inspect');

  it('names every check and what it left out, and the second time does nothing', async () => {
    const first = await inspect();
    expect(first).toMatchObject({ verdict: 'PASS', findings: [] });
    expect(first.checks).toMatchObject([
      { name: 'sparse', verdict: 'PASS', reason: null },
      { name: 'coccinelle', verdict: 'PASS', reason: 'without scripts/coccinelle, which has nothing for it' },
      { name: 'kernel-doc', verdict: 'PASS', reason: null },
      { name: 'headers', verdict: 'SKIP', reason: 'the series touches no header of the uapi' },
      { name: 'docutils', verdict: 'SKIP' },
    ]);
    expect((await inspect()).cached).toBe(true);
  });

  it('fails with what the series brings', async () => {
    await edit(DRIVER_LINE, 'return info == 0 ? 0 : (long)arg;');
    expect(await inspect()).toMatchObject({
      verdict: 'FAIL',
      reason: 'sparse: drivers/uio/uio_msi.c:8: Using plain integer as NULL pointer',
      findings: [{ tool: 'sparse', severity: 'warning', file: 'drivers/uio/uio_msi.c', line: 8 }],
    });
  });

  it('looks at its own tree, also when the build is known and the folder has moved on', async () => {
    const driver = DRIVER_LINE;
    await edit(driver, 'return info == 0 ? 0 : (long)arg;');
    await check();
    await edit('return info == 0 ? 0 : (long)arg;', driver);
    await check();
    await edit(driver, 'return info == 0 ? 0 : (long)arg;');
    expect((await inspect()).verdict).toBe('FAIL');
  });
});

describe('each prefix of a series', () => {
  const verdicts = ({ cells }: RunResult) =>
    cells.map(({ key, stages: done }) => [key, done.find((one) => one.stage === 'build')?.verdict]);

  it('is built for itself, in one folder, and is asked for its own modules', async () => {
    const result = await check({ prefixes: 'each' });
    expect(verdicts(result).map(([, verdict]) => verdict)).toEqual(['PASS', 'PASS']);
    const modules = result.cells.map(({ stages: done }) => done.at(-1)?.outputs['modules']);
    expect(modules).toEqual(['uio.ko', 'uio.ko uio_msi.ko']);
    expect(await readdir(state.path('build'))).toHaveLength(1);
  });

  it('fails alone when a later patch repairs it', async () => {
    const first = '0001-uio-add-an-ioctl-operation.patch';
    await edit('return info->ioctl ? info->ioctl', 'return info->none ? info->ioctl', first);
    expect((await check({ prefixes: 1 })).verdict).toBe('FAIL');
  });

  it('is the same built in: all is in the image, and there are no modules', async () => {
    const text = '# CONFIG_MODULES is not set\n';
    const config = { name: 'builtin', fragments: [...MINIMAL.fragments, fragment('builtin', text)] };
    const result = await check({ prefixes: 'each', config });
    expect(verdicts(result).map(([, verdict]) => verdict)).toEqual(['PASS', 'PASS']);
    expect(result.cells.map(({ stages: done }) => done.at(-1)?.outputs)).toMatchObject([
      { modules: '', builtIn: 'uio.ko' },
      { modules: '', builtIn: 'uio.ko uio_msi.ko' },
    ]);
  });
});

it('builds again when artefacts are gone or damaged', async () => {
  const { outputs } = stageOf(await check(), 'build');
  const image = state.path(outputs['artefacts'] ?? '', 'image');
  await writeFile(image, 'half');
  expect(stageOf(await check(), 'build')).toMatchObject({ cached: false, outputs });
  await rm(state.path('artefacts'), { recursive: true });
  expect(stageOf(await check(), 'build')).toMatchObject({ cached: false, outputs });
  expect(stageOf(await check(), 'build').cached).toBe(true);
});

it('applies again when the store was made anew', async () => {
  await check();
  await rm(state.path('store.git'), { recursive: true });
  const result = await check();
  expect(result.verdict).toBe('PASS');
  expect(stageOf(result, 'apply').cached).toBe(false);
});

it('misses a cell whose source is gone, and does the others', async () => {
  const gone: Kernel = {
    ...{ ...kernel, line: '9.0', version: '9.0.9' },
    sources: [{ kind: 'tarball', url: 'http://127.0.0.1:1/none.tar.xz', sha256: '0'.repeat(64) }],
  };
  const result = await check({ kernels: [gone, kernel] });
  expect(result.cells.map(({ kernel: of, verdict }) => [of, verdict])).toEqual([
    ['9.0.9', 'MISS'],
    [kernel.version, 'PASS'],
  ]);
  expect(result.verdict).toBe('MISS');
  expect(stageOf(result, 'source').reason).toContain('127.0.0.1:1');
  expect(stageOf(result, 'apply')).toMatchObject({ verdict: 'SKIP', reason: 'source ended with MISS' });
});
