// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { adds, broken, creates } from '../../../testing/revision.js';
import { kbuild } from './kbuild.js';

const PATH = 'drivers/uio/uio_msi.c';
const KCONFIG = 'config UIO_PCI_MSI\n\ttristate "MSI"\n';
const judge = (files: Record<string, string>, path = PATH, more: string = '') =>
  broken(
    kbuild,
    { patches: [{ diff: creates(path, 'int x;') + more }] },
    { buildFiles: new Map(Object.entries({ 'drivers/uio/Kconfig': KCONFIG, ...files })) },
  );
const makefile = (text: string) => ({ 'drivers/uio/Makefile': text });

it.each([
  ['obj-$(CONFIG_UIO_PCI_MSI)\t+= uio_msi.o\n'],
  ['obj-y += uio_msi.o\n'],
  ['obj-$(CONFIG_UIO_PCI_MSI) += a.o \\\n\tuio_msi.o # why\n'],
  ['obj-$(CONFIG_UIO_PCI_MSI) += msi.o\nmsi-y := core.o uio_msi.o\n'],
  ['obj-$(CONFIG_UIO_PCI_MSI) += msi.o\nmsi-$(CONFIG_UIO_PCI_MSI) += uio_msi.o\n'],
])('lets through what a Makefile builds: %j', async (text) => {
  expect(await judge(makefile(text))).toEqual([]);
});

it.each([
  '',
  'obj-y += uio.o uio_msi.o.old\n',
  '# obj-y += uio_msi.o\n',
  'msi-y += uio_msi.o\n',
  'CFLAGS_x = uio_msi.o\n',
])('finds what none does, with %j', async (text) => {
  expect(await judge(makefile(text))).toEqual([`0001.patch: no Makefile builds ${PATH}`]);
});

it.each(['obj-$(CONFIG_UIO_MSI) += uio_msi.o\n', 'obj-y += msi.o\nmsi-$(CONFIG_UIO_MSI) += uio_msi.o\n'])(
  'finds a symbol that Kconfig has not: %j',
  async (text) => {
    expect(await judge(makefile(text))).toEqual([
      `0001.patch: ${PATH} is built by CONFIG_UIO_MSI, and no Kconfig file has that`,
    ]);
    expect(await judge({ ...makefile(text), 'drivers/Kconfig': 'menuconfig UIO_MSI\n' })).toEqual([]);
  },
);

it('looks into the folders above, and takes what another source includes', async () => {
  expect(await judge({ 'drivers/Makefile': 'obj-y += uio/uio_msi.o\n' })).toEqual([]);
  expect(await judge({}, PATH, adds('drivers/uio/uio.c', '#include "uio_msi.c"'))).toEqual([]);
});

it.each(['tools/testing/selftests/uio/uio_msi.c', 'include/linux/uio.h'])(
  'has nothing to say of %s',
  async (path) => {
    expect(await judge({}, path)).toEqual(['skipped']);
  },
);
