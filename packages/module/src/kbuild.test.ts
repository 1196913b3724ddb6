// SPDX-License-Identifier: MIT
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@uio-msi/host';
import { afterAll, describe, expect, it } from 'vitest';
import { pathsOf } from './collect.js';
import { kbuildText, seriesHeader } from './kbuild.js';
import { lineFor } from './lines.js';
import type { ModuleSource } from './source.js';
import { packageFiles, packageVersion } from './write.js';

const core = 'EXPORT_SYMBOL_GPL(__uio_register_device);\nEXPORT_SYMBOL_GPL(uio_event_notify);\n';
const onLine = (line: string) => ({
  line,
  version: `${line}.1`,
  files: [
    { path: 'drivers/uio/uio.c', text: core },
    { path: 'include/linux/uio_driver.h', text: 'EXPORT_SYMBOL(not_code);\n' },
  ],
});
const source: ModuleSource = {
  series: 'uio_msi',
  revision: 'v2',
  modules: ['drivers/uio/uio.c', 'drivers/uio/uio_msi.c'],
  lines: ['7.2', '6.12', '6.1'].map(onLine),
};
const folder = mkdtempSync(join(tmpdir(), 'uio-msi-kbuild-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What make itself makes of the Kbuild file, on a kernel of this version. */
const chosen = async (version: number, patchlevel: number): Promise<string> => {
  const show = '\nshow:\n\t@echo $(line)\n';
  writeFileSync(join(folder, 'Kbuild'), kbuildText(source) + show);
  const args = ['-s', '-f', 'Kbuild', `VERSION=${version}`, `PATCHLEVEL=${patchlevel}`, 'show'];
  return (await run('make', args, { cwd: folder })).stdout.trim();
};

describe('which line of sources a kernel gets', () => {
  it.each([
    [6, 1, '6.1'],
    [6, 2, '6.12'],
    [6, 12, '6.12'],
    [6, 18, '7.2'],
    [7, 2, '7.2'],
    [7, 11, '7.2'],
    [5, 10, '6.1'],
  ])('%i.%i: %s, as make and as we choose it', async (version, patchlevel, line) => {
    expect(await chosen(version, patchlevel)).toBe(line);
    expect(lineFor(`${version}.${patchlevel}`, ['6.12', '7.2', '6.1'])).toBe(line);
  });
});

it('gives every export of the rebuilt core another name, and no file that is not built', () => {
  const [line] = source.lines;
  const header = line && seriesHeader(source, line, 'abc');
  expect(header).toContain('MODULE_INFO(series, "uio_msi v2 abc");');
  expect(header).toContain('MODULE_INFO(version, "v2");');
  expect(header).toContain('#define __uio_register_device uio_msi_series_uio_register_device\n');
  expect(header).toContain('#define uio_event_notify uio_msi_series_uio_event_notify\n');
  expect(header).not.toContain('not_code');
});

it('the version of a package changes with any byte of its sources, and with nothing else', () => {
  const other = { ...source, lines: source.lines.map((line) => ({ ...line, version: `${line.line}.2` })) };
  expect(packageVersion(source)).toMatch(/^2\+[0-9a-f]{12}$/);
  expect(packageVersion(other)).not.toBe(packageVersion(source));
  expect(packageFiles(source, 'licence')).toEqual(packageFiles(structuredClone(source), 'licence'));
});

it("takes the headers that the series touches, the kernel's and those beside the modules, and nothing else", () => {
  const touched = [
    'Documentation/a.rst',
    'drivers/uio/Makefile',
    'drivers/uio/compat.h',
    'include/linux/uio_driver.h',
    'include/linux/uio_driver.h',
    'tools/testing/selftests/uio/test.h',
  ];
  expect(pathsOf(['drivers/uio/uio.c'], touched)).toEqual([
    'drivers/uio/compat.h',
    'drivers/uio/uio.c',
    'include/linux/uio_driver.h',
  ]);
});

it('a module says the same of where it comes from, whatever other lines its package has', () => {
  const header = (some: ModuleSource) =>
    packageFiles(some, '').find(({ path }) => path === 'lines/6.1/series.h')?.text;
  const alone = { ...source, lines: source.lines.filter(({ line }) => line === '6.1') };
  expect(header(alone)).toContain('MODULE_INFO(series, "uio_msi v2 ');
  expect(header(alone)).toBe(header(source));
});
