// SPDX-License-Identifier: MIT
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { preimage } from '../testing/preimage.js';
import { command, makeRepository, type Repository } from '../testing/repository.js';
import { readSeriesFile } from './disk/read.js';
import { parsePatchFile } from './patch/patch.js';

// The driver as posted on 30 September 2015, rebuilt from an archive that folded its white space.
const posted = join(import.meta.dirname, '../../../patches/uio_msi/posted');
const v1 = await parsePatchFile('v1.mbox', await readSeriesFile(posted, 'v1.mbox'));

let repository: Repository;
beforeEach(async () => {
  repository = await makeRepository(preimage([v1]));
});
afterEach(() => repository.remove());

it('has the hunks that the mail had', () => {
  const added = v1.changes.map(({ to, hunks }) => [
    to,
    hunks.map(({ header, lines }) => [header, lines.filter((line) => line.startsWith('+')).length]),
  ]);
  expect(added).toEqual([
    ['drivers/uio/Kconfig', [['@@ -93,6 +93,15 @@', 9]]],
    ['drivers/uio/Makefile', [['@@ -9,3 +9,4 @@', 1]]],
    ['drivers/uio/uio_msi.c', [['@@ -0,0 +1,378 @@', 378]]],
    ['include/uapi/linux/Kbuild', [[expect.stringMatching(/^@@ -\d+,6 \+\d+,7 @@$/), 1]]],
    ['include/uapi/linux/uio_msi.h', [['@@ -0,0 +1,22 @@', 22]]],
  ]);
});

it('is accepted by git apply --check, and by git am, on files with its context at its lines', () => {
  const mbox = join(posted, 'v1.mbox');
  expect(repository.tryGit('apply', '--check', '--verbose', mbox)).toEqual({
    ok: true,
    stdout: '',
    stderr: v1.changes.map(({ to }) => `Checking patch ${to}...\n`).join(''),
  });
  repository.git('am', '-q', mbox);
  expect(repository.git('diff', '--numstat', 'HEAD^').match(/^\d+/gm)).toEqual(['9', '1', '378', '1', '22']);
});

it('has the author and the subject of the mail', () => {
  const args = ['mailinfo', 'message.out', 'patch.out'];
  const { stdout } = command(repository.dir, 'git', args, { input: v1.text });
  expect(stdout.trim().split('\n')).toEqual([
    'Author: Stephen Hemminger',
    'Email: stephen@networkplumber.org',
    'Subject: uio: new driver to support PCI MSI-X',
    'Date: Wed, 30 Sep 2015 15:28:58 -0700',
  ]);
});

it('gives the blobs that its index lines name, as far as the files of 4.3 are here', async () => {
  const fixtures = join(posted, 'fixtures');
  const names = ['drivers/uio/Kconfig', 'drivers/uio/Makefile', 'include/uapi/linux/Kbuild'];
  for (const name of names) await repository.commit({ [name]: await readFile(join(fixtures, name), 'utf8') });
  repository.git('am', '-q', join(posted, 'v1.mbox'));
  for (const [path, blob] of [
    ['drivers/uio/Kconfig', '04adfa0'],
    ['drivers/uio/Makefile', '62fc44b'],
    ['include/uapi/linux/uio_msi.h', '297de00'],
  ] as const) {
    expect(v1.text).toMatch(new RegExp(`^index [0-9a-f]{7}\\.\\.${blob}`, 'm'));
    expect(repository.git('rev-parse', `HEAD:${path}`)).toMatch(new RegExp(`^${blob}`));
  }
});

it('has its indentation back: tabs, and no spaces but before labels and in comments', () => {
  const driver = v1.changes.find(({ to }) => to === 'drivers/uio/uio_msi.c');
  const lines = driver?.hunks.flatMap((hunk) => hunk.lines.map((line) => line.slice(1))) ?? [];
  expect(lines.filter((line) => line.startsWith('\t')).length).toBeGreaterThan(200);
  expect(lines.filter((line) => /^ (?!\*|\w+:$)/.test(line))).toEqual([]);
});
