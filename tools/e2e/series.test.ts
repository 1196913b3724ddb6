// SPDX-License-Identifier: MIT
import { spawnSync } from 'node:child_process';
import { appendFile, cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ROOT, temporaryFolder, uioMsi } from './command.js';

let folder: string;
let series: string;
let tree: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  series = join(folder, 'patches/uio_msi');
  tree = join(folder, 'tree');
  await cp(join(ROOT, 'patches'), join(folder, 'patches'), { recursive: true });
  await writeFile(join(folder, '.gitconfig'), '[user]\n\tname = A Tester\n\temail = tester@example.com\n');
  process.env['GIT_CONFIG_GLOBAL'] = join(folder, '.gitconfig');
});

const git = (...args: string[]): string => {
  const { status, stdout, stderr } = spawnSync('git', ['-C', tree, ...args], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return stdout;
};
const here = ['--series', '', '--dir', ''];
const command = (...args: string[]) => uioMsi('series', ...args, ...here.with(1, series).with(3, tree));
const NAME = '0005-uio_msi-add-raw-BAR-access-as-an-explicit-choice.patch';

it('edits a patch on a real kernel, writes it back, and nothing but it', async () => {
  const edited = await command('edit');
  expect(edited, edited.stderr).toMatchObject({ exitCode: 0 });
  const before = await readFile(join(series, NAME), 'utf8');
  await appendFile(join(tree, 'drivers/uio/Kconfig'), '# a line more\n');
  const dirty = await command('refresh');
  expect(dirty).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('drivers/uio/Kconfig') });
  git('commit', '-qa', '--fixup=:/^uio_msi: add raw BAR access');
  git('-c', 'sequence.editor=true', 'rebase', '-qi', '--autosquash', 'base');
  const refreshed = await command('refresh');
  expect(refreshed, refreshed.stderr).toMatchObject({ exitCode: 0 });
  expect(refreshed.stdout).toMatch(/^changed +0005-/m);
  expect(refreshed.stdout).toMatch(/^unchanged +0008-/m);
  const after = await readFile(join(series, NAME), 'utf8');
  expect(after).not.toBe(before);
  expect(after).toContain('+# a line more\n');
  expect((await command('refresh')).stdout).toMatch(/^nothing to write$/m);
});

it('compares what it was with what it is, in a page', async () => {
  const mailbox = join(folder, 'old.mbox');
  const names = (await readFile(join(ROOT, 'patches/uio_msi/series'), 'utf8')).trim().split('\n');
  const texts = await Promise.all(names.map((name) => readFile(join(ROOT, 'patches/uio_msi', name), 'utf8')));
  await writeFile(mailbox, texts.map((text) => `${text}\n`).join(''));
  const page = join(folder, 'diff.html');
  const { stdout, exitCode } = await uioMsi(
    'series',
    'diff',
    mailbox,
    'current',
    '--series',
    series,
    '--html',
    page,
  );
  expect(exitCode).toBe(0);
  expect(stdout.match(/^\d [=!] \d {2}/gm)?.map((line) => line[2])).toEqual([...'====!===']);
  expect(stdout).toContain('++# a line more');
  expect(await readFile(page, 'utf8')).toContain('<ins>++# a line more</ins>');
});
