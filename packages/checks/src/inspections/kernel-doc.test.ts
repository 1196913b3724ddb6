// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { kernelDoc, warningIn } from './kernel-doc.js';

const nothing = () => Promise.reject(new Error('make was called'));

it.each([
  // As 7.2.6 and 6.12.107 said it.
  "Warning: drivers/uio/uio.c:445 No description found for return value of 'uio_interrupt_handler'",
  "drivers/uio/uio.c:445: warning: No description found for return value of 'uio_interrupt_handler'",
])('reads %s', (line) => {
  expect(warningIn(line)).toEqual({
    tool: 'kernel-doc',
    kind: 'comment',
    severity: 'warning',
    file: 'drivers/uio/uio.c',
    line: 445,
    message: "No description found for return value of 'uio_interrupt_handler'",
  });
});

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'uio-msi-kernel-doc-'));
});
afterEach(() => rm(dir, { recursive: true }));

const inspect = async (script: string, text: string) => {
  await mkdir(join(dir, 'scripts'), { recursive: true });
  await writeFile(join(dir, 'scripts/kernel-doc'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  await writeFile(join(dir, 'a.c'), text);
  return kernelDoc.run({ worktree: dir, buildDir: '', compiler: '', make: nothing }, ['a.c'], {});
};

// A stand-in for the tree's script.
const WARNINGS = 'grep -Hn bad "$@" | sed "s/^\\([^:]*:[0-9]*\\):/Warning: \\1 /" >&2';
const SCRIPT = `shift 2; ${WARNINGS}`;

it('asks the script of the tree, from within the tree', async () => {
  const { findings } = await inspect(SCRIPT, 'fine\nbad one\n');
  expect(findings).toMatchObject([{ file: 'a.c', line: 2, message: 'bad one' }]);
});

it('does without -Wall where the script does not know it, and says so', async () => {
  // As 5.10.223 takes what it does not know: nothing on standard error.
  const old = `shift; case $1 in -*) echo Usage; exit 1;; esac; ${WARNINGS}`;
  const { findings, leftOut } = await inspect(old, 'bad two\n');
  expect(findings).toMatchObject([{ file: 'a.c', line: 1 }]);
  expect(leftOut).toEqual(["-Wall, which this kernel's script does not know"]);
  expect((await inspect(SCRIPT, '')).leftOut).toEqual([]);
});

it('does not take a script that broke for one that found nothing', async () => {
  await expect(inspect('echo Traceback >&2; exit 1', '')).rejects.toMatchObject({
    code: 'inspection-failed',
    why: 'Traceback',
  });
  await expect(inspect('echo Usage; exit 1', '')).rejects.toMatchObject({ code: 'inspection-failed' });
});
