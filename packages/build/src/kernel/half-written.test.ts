// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { forgetHalfWritten, marked } from './half-written.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'uio-msi-build-'));
});
afterEach(() => rm(dir, { recursive: true }));

const write = async (path: string, content: string, seconds: number) => {
  await mkdir(dirname(join(dir, path)), { recursive: true });
  await writeFile(join(dir, path), content);
  await utimes(join(dir, path), seconds, seconds);
};
const command = (target: string) =>
  `savedcmd_${target} := gcc\n\nsource_${target} := a.c\n\ndeps_${target} := \\\n  a.h \\\n\n${target}: $(deps_${target})\n\n$(deps_${target}):\n`;

it('forgets the command of a target that was written after it', async () => {
  await write('d/whole.o', 'o', 1);
  await write('d/.whole.o.cmd', command('d/whole.o'), 2);
  await write('d/half.o', 'o', 3);
  await write('d/.half.o.cmd', command('d/half.o'), 2);
  expect(await forgetHalfWritten(dir)).toEqual(['d/half.o']);
  expect((await readdir(join(dir, 'd'))).sort()).toEqual(['.whole.o.cmd', 'half.o', 'whole.o']);
});

it('forgets a command that was itself cut off', async () => {
  await write('cut.o', 'o', 1);
  await write('.cut.o.cmd', command('cut.o').slice(0, -20), 2);
  await write('begun.o', 'o', 1);
  await write('.begun.o.cmd', '', 2);
  await write('linked.ko', 'o', 1);
  await write('.linked.ko.cmd', 'savedcmd_linked.ko := ld\n', 2);
  expect((await forgetHalfWritten(dir)).toSorted()).toEqual(['begun.o', 'cut.o']);
});

it('removes a generated header that has no content, and leaves the empty marks of options', async () => {
  await write('arch/x86/include/generated/asm/a.h', '', 1);
  await write('arch/x86/include/generated/asm/b.h', '#include <asm-generic/b.h>\n', 1);
  await write('include/config/SMP', '', 1);
  expect(await forgetHalfWritten(dir)).toEqual(['arch/x86/include/generated/asm/a.h']);
});

it('looks at a folder only after it was left in the middle', async () => {
  const half = async () => {
    await write('half.o', 'o', 3);
    await write('.half.o.cmd', command('half.o'), 2);
  };
  await half();
  await marked(dir, async () => {});
  expect(await readdir(dir)).toContain('.half.o.cmd');

  await expect(marked(dir, () => Promise.reject(new Error('killed')))).rejects.toThrow('killed');
  await marked(dir, async () => {});
  expect(await readdir(dir)).not.toContain('.half.o.cmd');
});
