// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silent } from '@uio-msi/model';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findArch } from '../arch.js';
import { buildSelftests } from './selftests.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'uio-msi-selftests-'));
  await mkdir(join(dir, 'tree'));
});
afterEach(() => rm(dir, { recursive: true }));

/** Builds with a make that does this for `kselftest-all`. */
const build = async (recipe: string, folders = ['uio']) => {
  await writeFile(join(dir, 'tree/Makefile'), `kselftest-all:\n${recipe.replace(/^/gm, '\t')}\n`);
  return buildSelftests(
    {
      worktree: join(dir, 'tree'),
      buildDir: join(dir, 'build'),
      arch: findArch('x86_64'),
      toolchain: { name: 'gcc-12', version: '12.2.0', command: 'gcc', suffix: '', prefix: '', family: 'gcc' },
    },
    folders,
    { progress: silent, work: 'x', log: join(dir, 'log'), ccache: null },
  );
};
const PROGRAM =
  'p=$(O)/kselftest/$(TARGETS); mkdir -p $$p; touch $$p/settings; install /dev/null $$p/uio_msi';

it('gives the programs, and no other file', async () => {
  expect(await build(PROGRAM)).toEqual({
    programs: [join(dir, 'build/kselftest/uio/uio_msi')],
    findings: [],
    command: expect.stringMatching(/^LC_ALL=C .* make -C \S+ .*kselftest-all TARGETS=uio FORCE_TARGETS=1$/),
  });
});

it('does nothing for a series without', async () => {
  expect(await build('false', [])).toEqual({ programs: [], findings: [], command: null });
});

it('counts what the compiler says, in the folder that it was said of', async () => {
  const { findings } = await build(`${PROGRAM}\necho 'uio_msi.c:7:3: warning: unused [-Wunused]' >&2`);
  expect(findings).toMatchObject([
    { severity: 'warning', file: 'tools/testing/selftests/uio/uio_msi.c', line: 7, kind: '-Wunused' },
  ]);
});

it.each([
  ['fails', 'echo no compiler; false'],
  ['makes nothing', 'true'],
])('is an error when make %s, though an earlier build left programs', async (_, recipe) => {
  await build(PROGRAM);
  const { programs, findings } = await build(recipe);
  expect(programs).toEqual([]);
  expect(findings).toMatchObject([
    { severity: 'error', kind: 'selftest', file: 'tools/testing/selftests/uio/Makefile' },
  ]);
});
