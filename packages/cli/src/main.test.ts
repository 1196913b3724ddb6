// SPDX-License-Identifier: MIT
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const REGISTER = fileURLToPath(new URL('../../../tools/register.mjs', import.meta.url));

const start = (stdio: StdioOptions, args: readonly string[]): ChildProcess => {
  const node = ['--conditions=@uio-msi/source', '--import', REGISTER, MAIN, ...args];
  return spawn(process.execPath, node, { stdio });
};

const exitCodeOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.on('close', resolve));

it.each([
  ['stdout', ['doctor', '--state', '/sys/uio-msi'], 3],
  ['stdout', ['kernels', 'list'], 0],
  ['stderr', ['chekc'], 2],
  ['stderr', ['doctor', '--state', '/sys/uio-msi'], 3],
] as const)('a gone reader of %s does not change how %j ends', async (stream, args, exitCode) => {
  const child = start('pipe', args);
  child[stream]?.destroy();
  child[stream === 'stdout' ? 'stderr' : 'stdout']?.resume();
  expect(await exitCodeOf(child)).toBe(exitCode);
});

it('a full disk under standard output is a fault of the environment', async () => {
  const full = openSync('/dev/full', 'w');
  expect(await exitCodeOf(start(['ignore', full, 'ignore'], ['kernels', 'list']))).toBe(3);
});

it.each([
  [
    ['series', 'rebase', '--abort', '--series', 'uio_minor'],
    './uio-msi series rebase --series uio_minor KERNEL',
  ],
  [['series', 'import', MAIN, '--base', 'newest'], '"newest" is no kernel'],
])('says what was wrong with %j, or what to do next, of the series that it is about', async (args, words) => {
  const child = start('pipe', args);
  let said = '';
  child.stderr?.on('data', (text) => {
    said += text;
  });
  expect(await exitCodeOf(child), said).toBe(2);
  expect(said).toContain(words);
});
