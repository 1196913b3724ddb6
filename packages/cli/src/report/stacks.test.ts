// SPDX-License-Identifier: MIT
import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState } from '@uio-msi/host';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeStacks, linesOf, moduleFrames } from './stacks.js';

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

describe('the modules of a build', () => {
  const frame = 'uio_msi_handler+0x1/0x20 [uio_msi]';
  const where = async (outputs: Record<string, string>) => {
    const state = await openState(join(dir, 'state'));
    const stage = { verdict: 'PASS', seconds: 1, cached: false, reason: null, log: null } as const;
    const more = { ...stage, reproduce: '', findings: [] };
    const splats = [{ kind: 'oops', title: 'BUG', text: `BUG\n ${frame}` }];
    const stages = [
      { ...more, stage: 'build', outputs },
      { ...more, stage: 'boot', outputs: {}, splats },
    ] as const;
    const cell = { ...fakeCell, key: 'x', verdict: 'FAIL', stages } as const;
    return (await decodeStacks(state, cell)).get(splats[0]?.text ?? '')?.map((one) => one.where.length);
  };
  const fakeCell = {
    ...{ series: 'tiny', revision: 'v1', line: '9.1', kernel: '9.1.0', arch: 'x86_64' },
    ...{ toolchain: 'gcc-12', config: 'minimal' },
  };

  it('are looked at where builds keep theirs, and nowhere else', async () => {
    const built = compile('uio_msi.o', '-g');
    for (const place of ['state/artefacts/abc/modules', 'elsewhere/modules']) {
      await mkdir(join(dir, place), { recursive: true });
      await cp(built, join(dir, place, 'uio_msi.ko'));
    }
    expect(await where({ artefacts: 'artefacts/abc', modules: 'uio.ko uio_msi.ko' })).toEqual([2]);
    for (const outputs of [
      { artefacts: '../elsewhere', modules: 'uio_msi.ko' },
      { artefacts: 'artefacts/abc', modules: '../../../../elsewhere/modules/uio_msi.ko' },
      { artefacts: 'artefacts/\0', modules: 'uio_msi.ko' },
    ])
      expect(await where(outputs)).toBeUndefined();
  });
});
