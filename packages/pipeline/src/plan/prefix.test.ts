// SPDX-License-Identifier: MIT
import { loadSeries, parsePatchFile } from '@uio-msi/series';
import { expect, it } from 'vitest';
import { FAKE_SERIES } from '../../../build/test/fake-kernel/fake-kernel.js';
import { prefixOf } from './prefix.js';

it('asks of a prefix what its own patches bring, and what the tree had', async () => {
  const series = await loadSeries(FAKE_SERIES);
  expect(prefixOf(series, 1)).toEqual({
    patches: series.patches.slice(0, 1),
    config: ['CONFIG_UIO=m'],
    modules: ['drivers/uio/uio.ko'],
    selftests: [],
  });
  const { patches, config, modules, selftests } = series;
  expect(prefixOf(series, 2)).toEqual({ patches, config, modules, selftests });
});

const patch = (file: string, hunk: string) =>
  parsePatchFile(
    'x.patch',
    `From: A <a@example.com>\nSubject: x\n\n---\ndiff --git a/${file} b/${file}\n--- a/${file}\n+++ b/${file}\n@@ -1 +1,2 @@\n x\n${hunk}\n`,
  );

it('goes on asking for what a later patch only changes', async () => {
  const config = ['CONFIG_UIO_MSI=m'];
  const modules = ['drivers/uio/uio_msi.ko'];
  const patches = [
    await patch('drivers/uio/Kconfig', '+config UIO_MSI'),
    await patch('drivers/uio/Makefile', '+obj-$(CONFIG_UIO_MSI)\t+= uio_msi.o'),
    await patch('drivers/uio/Kconfig', '+menuconfig UIO_MSI'),
    await patch('drivers/uio/Makefile', '+obj-$(CONFIG_UIO_MSI) := a.o uio_msi.o'),
    await patch('drivers/other/Kconfig', '+config UIO_MSI_MORE'),
  ];
  const asked = [0, 1, 2, 3].map((length) => prefixOf({ patches, config, modules, selftests: [] }, length));
  expect(asked.map((prefix) => [prefix.config.length, prefix.modules.length])).toEqual([
    [0, 0],
    [1, 0],
    [1, 1],
    [1, 1],
  ]);
});

it('asks for a selftest once its Makefile is there', async () => {
  const makefile = 'tools/testing/selftests/uio/Makefile';
  const added = await parsePatchFile(
    'x.patch',
    `From: A <a@example.com>\nSubject: x\n\n---\ndiff --git a/${makefile} b/${makefile}\nnew file mode 100644\n--- /dev/null\n+++ b/${makefile}\n@@ -0,0 +1 @@\n+x\n`,
  );
  const series = {
    patches: [await patch(makefile, '+y'), added],
    config: [],
    modules: [],
    selftests: ['uio'],
  };
  expect([1, 2].map((length) => prefixOf(series, length).selftests)).toEqual([[], ['uio']]);
});

it('asks for what no patch brings', async () => {
  const series = { patches: [], config: ['CONFIG_NONE=y'], modules: ['drivers/none.ko'], selftests: ['x'] };
  expect(prefixOf(series, 0)).toEqual(series);
});
