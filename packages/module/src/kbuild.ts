// SPDX-License-Identifier: MIT
import { basename } from 'node:path';
import type { LineSource, ModuleSource } from './source.js';

/** The name of a module, from its source's path: `uio_msi`. */
export const moduleName = (source: string): string => basename(source, '.c');

/** Where the sources of a line are in the package. */
export const folderOf = (line: string): string => `lines/${line}`;

// Kernel versions have had no more than three digits in a part.
const codeOf = (line: string): number => {
  const [major = 0, minor = 0] = line.split('.').map(Number);
  return major * 1000 + minor;
};

/**
 * The Kbuild file: it takes the sources of the kernel's own line, else of the next newer one there
 * is, else of the newest. The package's headers come before the kernel's, which know no ioctl.
 */
export const kbuildText = ({ modules, lines }: ModuleSource): string => {
  const oldestFirst = lines.map(({ line }) => line).reverse();
  const newest = lines[0]?.line ?? '';
  return [
    '# SPDX-License-Identifier: GPL-2.0',
    '# Which line of sources a kernel gets: its own, else the next newer one, else the newest.',
    'kernel := $(shell expr $(VERSION) \\* 1000 + $(PATCHLEVEL))',
    `line := $(firstword $(foreach pair,${oldestFirst.map((line) => `${codeOf(line)}:${line}`).join(' ')},\\`,
    '  $(if $(shell [ $(kernel) -le $(firstword $(subst :, ,$(pair))) ] && echo y),\\',
    `    $(lastword $(subst :, ,$(pair))))) ${newest})`,
    '',
    `obj-m := ${modules.map((source) => `${moduleName(source)}.o`).join(' ')}`,
    ...modules.map((source) => `${moduleName(source)}-y := lines/$(line)/${source.replace(/\.c$/, '.o')}`),
    '',
    'LINUXINCLUDE := -I$(src)/lines/$(line)/include -I$(src)/lines/$(line)/include/uapi $(LINUXINCLUDE)',
    'ccflags-y += -include $(src)/lines/$(line)/series.h',
    '',
  ].join('\n');
};

/** For `make` by hand. */
export const MAKEFILE = `# SPDX-License-Identifier: GPL-2.0
KDIR ?= /lib/modules/$(shell uname -r)/build

modules clean:
	$(MAKE) -C $(KDIR) M=$(CURDIR) $@
`;

const EXPORT = /^EXPORT_SYMBOL(?:_GPL)?\((\w+)\)/gm;

/**
 * What is said before every file of a line: where it comes from, for modinfo, and other names for
 * what the rebuilt core exports. Its structures are larger than those of the kernel's own core, so a
 * driver of the kernel's must not find it: with CONFIG_MODVERSIONS it would be refused for the
 * checksums, without by these names.
 */
export const seriesHeader = (
  { series, revision, modules }: ModuleSource,
  { version, files }: LineSource,
  digest: string,
): string => {
  const exported = files
    .filter(({ path }) => modules.includes(path))
    .flatMap(({ text }) => [...text.matchAll(EXPORT)].flatMap(([, name]) => name ?? []));
  return [
    '/* SPDX-License-Identifier: GPL-2.0 */',
    '#include <linux/module.h>',
    '',
    `MODULE_INFO(series, "${series} ${revision} ${digest}");`,
    `MODULE_INFO(series_base, "linux ${version}");`,
    "/* Where the kernel's own has no version either, dkms(8) keeps that one: check_version_sanity() */",
    `MODULE_INFO(version, "${revision}");`,
    '',
    "/* The core that is built here is not the one that the kernel's own drivers were built for. */",
    ...exported.map((name) => `#define ${name} ${series}_series_${name.replace(/^_+/, '')}`),
    '',
  ].join('\n');
};
