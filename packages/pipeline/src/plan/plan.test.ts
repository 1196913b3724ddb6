// SPDX-License-Identifier: MIT
import { loadSeries } from '@uio-msi/series';
import { expect, it } from 'vitest';
import { FAKE_SERIES } from '../../../build/test/fake-kernel/fake-kernel.js';
import { type Matrix, plan } from './plan.js';

const matrix = async (changes: Partial<Matrix> = {}): Promise<Matrix> => ({
  series: await loadSeries(FAKE_SERIES),
  kernels: [
    { line: '9.1', version: '9.1.4', sources: [] },
    { line: '9.0', version: '9.0.7', sources: [] },
  ],
  arches: ['x86_64'],
  toolchains: [{ name: 'gcc-12', version: '12.2.0', command: 'gcc', suffix: '', prefix: '', family: 'gcc' }],
  configs: [
    { name: 'minimal', fragments: [{ name: 'minimal.config', text: 'CONFIG_SMP=y' }] },
    { name: 'debug', fragments: [{ name: 'debug.config', text: 'CONFIG_KASAN=y' }] },
  ],
  machines: ['msix'],
  ...changes,
});

it('gives every combination, kernels outermost, each with a key of its own', async () => {
  expect(plan(await matrix()).map(({ key }) => key)).toEqual([
    '9.1.4-x86_64-gcc-12-minimal',
    '9.1.4-x86_64-gcc-12-debug',
    '9.0.7-x86_64-gcc-12-minimal',
    '9.0.7-x86_64-gcc-12-debug',
  ]);
});

it('names the cell by its vocabulary', async () => {
  expect(plan(await matrix())[0]?.cell).toEqual({
    series: 'tiny',
    revision: 'v1',
    line: '9.1',
    kernel: '9.1.4',
    arch: 'x86_64',
    toolchain: 'gcc-12',
    config: 'minimal',
  });
});

it('puts what the series needs behind the configuration, as options it cannot do without', async () => {
  expect(plan(await matrix())[0]?.fragments).toEqual([
    { name: 'minimal.config', text: 'CONFIG_SMP=y', required: true },
    { name: 'patches/tiny/series.yaml', text: 'CONFIG_UIO=m\nCONFIG_UIO_MSI=m', required: true },
  ]);
});

it('cannot do without the options that the configuration is named for', async () => {
  const debug = [
    { name: 'minimal.config', text: 'CONFIG_SMP=y' },
    { name: 'debug.config', text: 'CONFIG_KASAN=y' },
  ];
  const [cell] = plan(await matrix({ configs: [{ name: 'debug', fragments: debug }] }));
  expect(cell?.fragments.map(({ name, required }) => [name, required])).toEqual([
    ['minimal.config', false],
    ['debug.config', true],
    ['patches/tiny/series.yaml', true],
  ]);
});

it('takes the variants of a line', async () => {
  const { series } = await matrix();
  const [first] = series.patches;
  if (!first) throw new Error('the series has no patch');
  const replacement = { ...first, file: 'variants/9.0/0001.patch' };
  const variants = [{ line: '9.0', patch: first.file, replacement, why: 'context' }];
  const cells = plan(await matrix({ series: { ...series, variants } }));
  expect(cells.map(({ patches }) => patches[0]?.file)).toEqual([
    first.file,
    first.file,
    replacement.file,
    replacement.file,
  ]);
});

it('gives a cell for each prefix, all of them in one build folder', async () => {
  const { configs } = await matrix();
  const cells = plan(await matrix({ configs: configs.slice(0, 1), prefixes: 'each' })).slice(0, 2);
  expect(cells.map(({ key, folder, patches }) => [key, folder, patches.length])).toEqual([
    ['9.1.4-x86_64-gcc-12-minimal-first1', '9.1.4-x86_64-gcc-12-minimal', 1],
    ['9.1.4-x86_64-gcc-12-minimal-first2', '9.1.4-x86_64-gcc-12-minimal', 2],
  ]);
  expect(cells.map(({ modules }) => modules)).toEqual([
    ['drivers/uio/uio.ko'],
    ['drivers/uio/uio.ko', 'drivers/uio/uio_msi.ko'],
  ]);
});

it('gives one prefix alone', async () => {
  expect(plan(await matrix({ prefixes: 1 })).map(({ cell }) => cell.prefix)).toEqual([1, 1, 1, 1]);
});

it('tells a variant that is behind its patch, also of a series that is laid under it', async () => {
  const { series, ...rest } = await matrix();
  const [first] = series.patches;
  if (!first) throw new Error('no patch');
  const variant = {
    line: '9.0',
    patch: first.file,
    of: '0123456789abcdef',
    replacement: { ...first },
    why: '',
  };
  const under = [{ ...series, name: 'under', variants: [variant] }];
  const cells = plan({ series, ...rest, prerequisites: under });
  expect(cells.map(({ cell, stale }) => [cell.line, stale.map((one) => one.variant)])).toEqual([
    ['9.1', []],
    ['9.1', []],
    ['9.0', [variant]],
    ['9.0', [variant]],
  ]);
});

it('excuses an absent option only before the last patch: the whole series has to do without what a configuration lacks', async () => {
  const cells = plan(await matrix({ prefixes: 'each' })).slice(0, 2);
  expect(cells.map(({ fragments }) => fragments.map(({ excusable = false }) => excusable))).toEqual([
    [true, true],
    [false, false],
  ]);
});
