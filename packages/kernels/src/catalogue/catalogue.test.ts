// SPDX-License-Identifier: MIT
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCatalogue } from './load.js';
import { selectKernels } from './select.js';
import { newestFirst } from './version.js';

const OURS = fileURLToPath(new URL('../../../../linux-tree/kernels.yaml', import.meta.url));

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'catalogue-'));
});
afterEach(() => rm(dir, { recursive: true }));

const load = async (text: string) => {
  const file = join(dir, 'kernels.yaml');
  await writeFile(file, text);
  return loadCatalogue(file);
};

const entry = (
  line: string,
  version: string,
  source = 'kind: git, url: "https://example.org/x.git", tag: v1',
) => `  - { line: ${line}, version: ${version}, sources: [{ ${source} }] }\n`;

describe('newestFirst', () => {
  it('sorts by number, a release candidate before its release', () => {
    const sorted = ['7.10', '7.2.10', '7.2.6', '7.2', '7.2-rc10', '7.2-rc9', '6.12.107', '6.9.1'];
    expect(sorted.toReversed().sort(newestFirst)).toEqual(sorted);
    expect(newestFirst('7.2', '7.2')).toBe(0);
  });
});

describe('loadCatalogue', () => {
  it("reads the project's own, newest first, every Debian tarball pinned", async () => {
    const { kernels } = await loadCatalogue(OURS);
    expect(kernels.map(({ line }) => line)).toEqual(['7.2', '6.18', '6.12', '6.1', '5.10']);
    for (const { sources } of kernels)
      expect(sources.map(({ kind }) => kind)).toEqual(['git', 'tarball', 'debian']);
  });

  it('sorts whatever the order in the file', async () => {
    const { kernels } = await load(`kernels:\n${entry('"6.9"', '"6.9.1"')}${entry('"6.10"', '"6.10.2"')}`);
    expect(kernels.map(({ line }) => line)).toEqual(['6.10', '6.9']);
  });

  it.each([
    ['kernels: [', /Flow sequence/],
    ['kernels: []', /kernels: /],
    [`kernels:\n${entry('6.10', '"6.10.2"')}`, /kernels\.0\.line: must be a quoted string/],
    [`kernels:\n${entry('"6.1"', '"6.12.3"')}`, /kernels\.0: is not of its line/],
    [`kernels:\n${entry('"6.1"', '"6.1.3"')}${entry('mainline', '"6.1.3"')}`, /6\.1\.3 is there twice/],
    [`kernels:\n${entry('"6.1"', '"6.1.3"', 'kind: svn')}`, /kernels\.0\.sources\.0/],
    [
      `kernels:\n${entry('"6.1"', '"6.1.3"', 'kind: git, url: "ext::sh -c id", tag: v1')}`,
      /must be an http or https URL/,
    ],
    [
      `kernels:\n${entry('"6.1"', '"6.1.3"', 'kind: git, url: "https://x/y", tag: --upload-pack=id')}`,
      /one plain word/,
    ],
    [
      `kernels:\n${entry('"6.1"', '"6.1.3"', 'kind: tarball, url: "https://x/y.tar.xz"')}`,
      /needs sha256 or sums/,
    ],
    [`kernels:\n${entry('"6.1"', '"6.1.3"', 'kind: tarball, url: "https://x/y", sha256: 1234')}`, /sha256/],
  ])('says what is wrong with %j', async (text, why) => {
    await expect(load(text)).rejects.toMatchObject({
      code: 'catalogue-invalid',
      exitCode: 2,
      why: expect.stringMatching(why),
    });
  });

  it('says that there is none', async () => {
    await expect(loadCatalogue(join(dir, 'none'))).rejects.toMatchObject({ code: 'catalogue-missing' });
  });
});

describe('selectKernels', () => {
  const catalogue = () =>
    load(
      `kernels:\n${entry('"7.2"', '"7.2.6"')}${entry('"6.12"', '"6.12.107"')}${entry('"6.12"', '"6.12.9"')}${entry('mainline', '"7.3-rc1"')}`,
    );
  const select = async (wanted: string[] | null) =>
    selectKernels(await catalogue(), wanted).map(({ version }) => version);

  it.each([
    [null, ['7.3-rc1']],
    [['6.12'], ['6.12.107']],
    [['6.12.9'], ['6.12.9']],
    [['mainline'], ['7.3-rc1']],
    [
      ['6.12', '7.2.6', '7.2'],
      ['7.2.6', '6.12.107'],
    ],
    [[], []],
  ])('of %j gives %j', async (wanted, expected) => {
    expect(await select(wanted)).toEqual(expected);
  });

  it('says which lines there are when asked for another', async () => {
    await expect(select(['6.12', '9.9'])).rejects.toMatchObject({
      code: 'unknown-kernel',
      exitCode: 2,
      message: 'no kernel 9.9 in the catalogue',
      next: expect.stringContaining('7.2 (7.2.6), 6.12 (6.12.107)'),
    });
  });
});
