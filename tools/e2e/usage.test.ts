// SPDX-License-Identifier: MIT
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder, uioMsi } from './command.js';

it.each([
  [
    ['check', '--kernels', '9.9'],
    ['9.9', '7.2', '6.12'],
  ],
  [
    ['check', '--stages', 'bild'],
    ['bild', 'build'],
  ],
  [
    ['check', '--series', 'no_such'],
    ['no_such', 'uio_msi'],
  ],
  [
    ['check', '--config', 'huge'],
    ['huge', 'minimal'],
  ],
  [['chekc'], ['chekc', 'check']],
  [
    ['check', '--kernel', '7.2'],
    ['--kernel', '--kernels'],
  ],
  [['report', '../../etc/passwd'], ['there is no result of a run']],
  [['--state', 'x', 'series', 'refresh', '--no-such'], ['see ./uio-msi series refresh --help']],
  [['matrix', '--json', '/proc/x.json'], ['/proc/x.json']],
])('%j is wrong usage, and says what would be right', async (args, words) => {
  const { exitCode, stdout, stderr } = await uioMsi(...args);
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  for (const word of words) expect(stderr).toContain(word);
  expect(stderr).toMatch(/^error: .+\n( {2}why: [\s\S]+\n)? {2}next: .+/m);
  expect(stderr).not.toContain('    at '); // no stack
});

it('every command has help with an example', async () => {
  const { stdout } = await uioMsi('--help');
  const commands = [...stdout.matchAll(/^ {2}([a-z]+) /gm)]
    .map(([, name]) => name ?? '')
    .filter((name) => name !== 'help');
  expect(commands).toContain('check');
  for (const command of commands) {
    const { stdout: help, exitCode } = await uioMsi(command, '--help');
    expect([command, exitCode, help.includes('$ ./uio-msi ')]).toEqual([command, 0, true]);
  }
});

it('a state folder that cannot be written is a fault of the environment', async () => {
  const file = join(await temporaryFolder(), 'file');
  await writeFile(file, '');
  for (const state of [`${file}/state`, '/sys/uio-msi']) {
    const { exitCode, stderr } = await uioMsi('check', '--state', state);
    expect(stderr).toContain(state);
    expect(stderr).toContain('UIO_MSI_STATE');
    expect(exitCode).toBe(3);
  }
});
