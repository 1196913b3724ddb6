// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headers } from './headers.js';

let buildDir: string;
beforeEach(async () => {
  buildDir = await mkdtemp(join(tmpdir(), 'uio-msi-headers-'));
});
afterEach(() => rm(buildDir, { recursive: true }));

const HEADER = 'include/uapi/linux/uio_msi.h';

const inspect = (text: string, compiler = 'gcc') => {
  const make = async (goals: readonly string[], [variable = '']: readonly string[]) => {
    expect(goals).toEqual(['headers_install']);
    const path = join(variable.replace('INSTALL_HDR_PATH=', ''), 'include/linux/uio_msi.h');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    return { ok: true, lines: [] };
  };
  return headers.run({ worktree: '', buildDir, compiler, make }, [HEADER], {});
};

const guarded = (text: string) => `#ifndef X_H\n#define X_H\n${text}\n#endif\n`;

it('finds nothing in a header that is fine, and leaves nothing out', async () => {
  expect(await inspect(guarded('struct a { unsigned int b; };'))).toEqual({ findings: [], leftOut: [] });
});

describe('finds', () => {
  it.each([
    ['what C++ cannot compile', guarded('struct a { int class; };'), /^-std=c\+\+98 -m64 error$/, 3],
    ['what C90 does not have', guarded('struct a { int b; }; // c'), /^-std=c90 -m64 /, 3],
    ['what 32 bits make of a type', guarded('typedef char a[sizeof(long) == 8 ? 1 : -1];'), /-m32 error$/, 3],
    ['a header without a guard', 'struct a { int b; };\n', /^-std=c90 -m64 error$/, 1],
    ['a header of libc, which userspace need not have', guarded('#include <stdint.h>'), /error$/, 3],
  ])('%s', async (_, text, kind, line) => {
    const [first] = (await inspect(text)).findings;
    expect(first).toMatchObject({ tool: 'headers', kind: expect.stringMatching(kind), file: HEADER, line });
  });
});

it('says what it could not compile', async () => {
  const compiler = join(buildDir, 'c-only');
  await writeFile(compiler, '#!/bin/sh\ncase "$*" in *c++*) exit 1;; esac\nexec gcc "$@"\n', { mode: 0o755 });
  expect((await inspect(guarded(''), compiler)).leftOut).toEqual(
    ['-std=c++98 -m64', '-std=c++98 -m32', '-std=c++17 -m64', '-std=c++17 -m32'].map(
      (mode) => `-x c++ ${mode}, which ${compiler} cannot compile`,
    ),
  );
});

const compilerThat = async (refuses: string) => {
  const compiler = join(buildDir, 'compiler');
  await writeFile(compiler, `#!/bin/sh\ncase "$*" in ${refuses}) exit 1;; esac\nexec gcc "$@"\n`, {
    mode: 0o755,
  });
  return compiler;
};

it('compiles plainly with a compiler that knows neither width, as those of arm64 and riscv64', async () => {
  const compiler = await compilerThat('*-m64*|*-m32*');
  expect(await inspect(guarded(''), compiler)).toEqual({ findings: [], leftOut: [] });
  const [first] = (await inspect(guarded('struct a { int class; };'), compiler)).findings;
  expect(first).toMatchObject({ kind: '-std=c++98 error', file: HEADER, line: 3 });
});

it('does not take a compiler that compiles nothing for a header that is fine', async () => {
  await expect(inspect(guarded(''), await compilerThat('*'))).rejects.toMatchObject({
    code: 'inspection-failed',
  });
});
