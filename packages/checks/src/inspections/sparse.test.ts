// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@uio-msi/host';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readReport, sparse } from './sparse.js';

let worktree: string;
beforeEach(async () => {
  worktree = await mkdtemp(join(tmpdir(), 'uio-msi-sparse-'));
  await mkdir(join(worktree, 'drivers/uio'), { recursive: true });
});
afterEach(() => rm(worktree, { recursive: true }));

// kbuild's part: the checker on each source of the folder that the configuration builds.
const inspect = async (
  sources: Readonly<Record<string, string>>,
  touched: readonly string[],
  env: NodeJS.ProcessEnv = {},
  flags: readonly string[] = ['-D__x86_64__'],
) => {
  const make = async (folders: readonly string[], variables: readonly string[]) => {
    expect(folders).toEqual(['drivers/uio/']);
    expect(variables[0]).toBe('C=2');
    expect(variables).toContain('KBUILD_MODULES=1');
    const checker = variables[1]?.replace('CHECK=', '') ?? '';
    const lines = ['make[1]: Entering directory'];
    for (const [path, text] of Object.entries(sources)) {
      await writeFile(join(worktree, path), text);
      const { exitCode, stdout } = await run(checker, ['-Wall', ...flags, join(worktree, path)], { env });
      lines.push(...stdout.split('\n').filter(Boolean));
      if (exitCode !== 0) return { ok: false, lines };
    }
    return { ok: true, lines };
  };
  return sparse.run({ worktree, buildDir: '', compiler: 'gcc', make }, touched, {});
};

const OURS = 'drivers/uio/uio_msi.c';

it('finds what the compiler does not, with what it expected, and only in files of the series', async () => {
  const bad =
    'static int *p;\nvoid f(int __attribute__((noderef, address_space(1))) *u);\nvoid f(int __attribute__((noderef, address_space(1))) *u) { p = u; }\n';
  const { findings, leftOut } = await inspect({ [OURS]: bad, 'drivers/uio/uio.c': bad }, [OURS]);
  expect(findings).toContainEqual(
    expect.objectContaining({
      tool: 'sparse',
      severity: 'warning',
      file: OURS,
      line: 3,
      message: expect.stringMatching(/^incorrect type in assignment .*; expected int .*; got int /),
    }),
  );
  expect(findings.filter(({ file }) => file !== OURS)).toEqual([]);
  expect(leftOut).toEqual([]);
});

it('knows the words that Linux 7.2 uses and sparse 0.6.4 does not', async () => {
  const text =
    'static int x;\nint f(void);\nint f(void) { __typeof_unqual__(x) y = x; return y; }\nchar a[__builtin_strlen("ab")];\n';
  const { findings } = await inspect({ [OURS]: text }, [OURS]);
  expect(findings.map(({ message }) => message)).toEqual([
    expect.stringContaining("symbol 'a' was not declared"),
  ]);
});

it('looks at what is built for RISC-V, whose newer extensions sparse 0.6.4 does not know', async () => {
  const riscv = ['--arch=riscv', '-march=rv64imac_zicsr_zifencei'];
  const { findings, leftOut } = await inspect({ [OURS]: 'int y = 1;\n' }, [OURS], {}, riscv);
  expect(findings).toMatchObject([{ message: expect.stringContaining("symbol 'y' was not declared") }]);
  expect(leftOut).toEqual([]);
});

it('tells a lock that a guard gives back from one that is kept', async () => {
  const text = `void lock(void) __attribute__((context(x, 0, 1)));
#define guard(name) lock(); (void)
static void held(int *l)
{
	guard(spinlock)(l);
}
static void kept(int *l)
{
	lock();
}
void f(void);
void f(void) { held(0); kept(0); }
`;
  const { findings } = await inspect({ [OURS]: text }, [OURS]);
  const of = (name: string) => findings.find(({ message }) => message.includes(`imbalance in '${name}'`));
  expect(of('held')?.kind).toBe('guard');
  expect(of('kept')?.kind).toBe('warning');
});

it('says which source it did not see', async () => {
  expect((await inspect({ 'drivers/uio/uio.c': '' }, [OURS])).leftOut).toEqual([
    `${OURS}, which this configuration does not build`,
  ]);
});

it.each([
  ['dies', 'kill -SEGV $$', 139],
  ['gives up and says nothing', 'exit 1', 1],
])('does not take a sparse that %s for one that found nothing', async (_, does, status) => {
  const bin = join(worktree, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'sparse'), `#!/bin/sh\n${does}\n`, { mode: 0o755 });
  await expect(
    inspect({ [OURS]: '' }, [OURS], { PATH: `${bin}:${process.env['PATH']}` }),
  ).rejects.toMatchObject({
    code: 'inspection-failed',
    why: expect.stringContaining(`${OURS}: sparse ended with ${status}`),
  });
});

it('goes on after an error of the source', async () => {
  const { findings, leftOut } = await inspect({ [OURS]: 'int f(void) { return x; }\n' }, [OURS]);
  expect(findings).toContainEqual(expect.objectContaining({ severity: 'error', file: OURS }));
  expect(leftOut).toEqual([]);
});

it('does not take a checker that broke for one that found nothing', () => {
  expect(() => readReport(['sparse: sparse: error while loading shared libraries'], '/')).toThrow(
    'sparse did not do its work',
  );
});
