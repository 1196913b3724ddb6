// SPDX-License-Identifier: MIT
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { linesOf, moduleFrames } from './stacks.js';

const SOURCE = `static int counter;
static inline __attribute__((always_inline)) void count(int *where)
{
	++*(volatile int *)where;
}

int uio_msi_handler(void)
{
	count(&counter);
	return counter;
}
`;

let dir: string;
const compile = (name: string, ...flags: string[]): string => {
  execFileSync('gcc', ['-c', '-O2', ...flags, '-o', join(dir, name), 'uio_msi.c'], { cwd: dir });
  return join(dir, name);
};
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'uio-msi-stacks-'));
  await writeFile(join(dir, 'uio_msi.c'), SOURCE);
});
afterAll(() => rm(dir, { recursive: true }));

it('finds the frames of modules, each once', () => {
  const text = `RIP: 0010:uio_msi_handler+0x1/0x20 [uio_msi]
Call Trace:
 <IRQ>
 __handle_irq_event_percpu+0x4a/0x1a0
 ? uio_msi_disarm.part.0+0x3c/0x90 [uio_msi]
 uio_msi_handler+0x1/0x20 [uio_msi]
 uio_unregister_device+0x4a/0x150 [uio]`;
  expect(moduleFrames(text)).toEqual([
    { frame: 'uio_msi_handler+0x1/0x20 [uio_msi]', place: 'uio_msi_handler+0x1', module: 'uio_msi' },
    {
      frame: 'uio_msi_disarm.part.0+0x3c/0x90 [uio_msi]',
      place: 'uio_msi_disarm.part.0+0x3c',
      module: 'uio_msi',
    },
    { frame: 'uio_unregister_device+0x4a/0x150 [uio]', place: 'uio_unregister_device+0x4a', module: 'uio' },
  ]);
});

it('names the lines of a module with debug information, inlined functions first', async () => {
  const lines = await linesOf(compile('debug.ko', '-g'), 'uio_msi_handler+0x0');
  expect(lines[0]).toMatch(/uio_msi\.c:4$/);
  expect(lines[1]).toMatch(/uio_msi\.c:9$/);
});

it('names none of one without, of a function that is not there, or of a file that is gone', async () => {
  expect(await linesOf(compile('plain.ko'), 'uio_msi_handler+0x0')).toEqual([]);
  expect(await linesOf(compile('debug.ko', '-g'), 'no_such_function+0x0')).toEqual([]);
  expect(await linesOf(join(dir, 'gone.ko'), 'uio_msi_handler+0x0')).toEqual([]);
});
