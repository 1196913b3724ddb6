// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findArch } from '../arch.js';
import { reachedBy, readIncludes } from './includes.js';

describe('a header reaches', () => {
  const reached = (header: string, ...includes: readonly [file: string, name: string][]) => {
    const all = includes.map(([file, name]) => ({ file, name }));
    return [...reachedBy([header], all)].filter((path) => path !== header);
  };

  it.each([
    ['who names it in a general folder', 'include/linux/uio_driver.h', 'a/x.c', 'linux/uio_driver.h'],
    ['who names it in that of the uapi', 'include/uapi/linux/uio.h', 'a/x.c', 'linux/uio.h'],
    ['who names it as one of the uapi', 'include/uapi/linux/uio.h', 'a/x.c', 'uapi/linux/uio.h'],
    ['who names it in that of an architecture', 'arch/x86/include/asm/msi.h', 'a/x.S', 'asm/msi.h'],
    ['who is beside it', 'drivers/uio/own.h', 'drivers/uio/x.c', 'own.h'],
    ['who names it from where he is', 'drivers/net/cnic_if.h', 'drivers/scsi/x.c', '../net/cnic_if.h'],
    ['who has its folder from a Makefile', 'a/compat/linux/new.h', 'a/x.c', 'linux/new.h'],
  ])('%s', (_, header, file, name) => {
    expect(reached(header, [file, name])).toEqual([file]);
  });

  it.each([
    ['names one whose name ends like it', 'include/linux/uio.h', 'a/x.c', 'linux/the-uio.h'],
    ['names one in another general folder', 'include/linux/uio.h', 'a/x.c', 'net/uio.h'],
    ['names one that a folder far away has', 'a/b/compat/linux/new.h', 'c/x.c', 'linux/new.h'],
  ])('nobody who %s', (_, header, file, name) => {
    expect(reached(header, [file, name])).toEqual([]);
  });

  it('nobody who has another of that name beside him', () => {
    const other: [string, string] = ['drivers/net/own.h', 'linux/net.h'];
    expect(reached('drivers/uio/own.h', other, ['drivers/net/x.c', 'own.h'])).toEqual([]);
  });

  it('those behind other headers, also in a ring', () => {
    expect(
      reached(
        'include/linux/uio_driver.h',
        ['s/qedi.h', 'linux/uio_driver.h'],
        ['s/qedi_iscsi.h', 'qedi.h'],
        ['s/qedi.h', 'qedi_iscsi.h'],
        ['s/main.c', 'qedi_iscsi.h'],
        ['s/other.c', 'other.h'],
      ),
    ).toEqual(['s/qedi.h', 's/qedi_iscsi.h', 's/main.c']);
  });
});

describe('the includes of a tree', () => {
  let dir: string;
  afterEach(() => rm(dir, { recursive: true }));
  const treeOf = async (files: Readonly<Record<string, string>>) => {
    dir = await mkdtemp(join(tmpdir(), 'uio-msi-includes-'));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), text);
    }
    return readIncludes(dir, findArch('i386'), {});
  };

  it('are found however they are written, in what a kernel of the architecture is made of', async () => {
    const found = await treeOf({
      'kernel/a.c': '#include <linux/a.h> // <b.h>\n  #\tinclude\t"b.h"\n// #include "c.h"\n#include MACRO\n',
      'arch/x86/a.S': '#include <asm/x.h>\n',
      'arch/sh/a.c': '#include <asm/sh.h>\n',
      'tools/a.c': '#include <tools.h>\n',
      'kernel/a.rst': '#include <rst.h>\n',
    });
    expect(found.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
      { file: 'arch/x86/a.S', name: 'asm/x.h' },
      { file: 'kernel/a.c', name: 'b.h' },
      { file: 'kernel/a.c', name: 'linux/a.h' },
    ]);
  });

  it('are none where there is none', async () => {
    expect(await treeOf({ 'kernel/a.c': 'int a;\n' })).toEqual([]);
  });

  it('are an error where they cannot be read', async () => {
    await expect(treeOf({ 'arch/sh/a.c': '' })).rejects.toMatchObject({ code: 'grep-failed' });
  });
});
