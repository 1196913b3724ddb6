// SPDX-License-Identifier: MIT
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { gitAt } from './git.js';

// A stand-in for git, to make it end in every way on demand. Beside it the other tests run git.
let folder: string;
const path = process.env['PATH'];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uio-msi-series-'));
  process.env['PATH'] = `${folder}:${path}`;
});
afterEach(async () => {
  process.env['PATH'] = path;
  await rm(folder, { recursive: true });
});

const ending = async (script: string, mayFail: boolean) => {
  await writeFile(join(folder, 'git'), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, 'git'), 0o755);
  return await gitAt({ gitDir: folder, folder })(['apply', '-'], { mayFail, input: 'x' });
};

it.each([0, 1, 128])('takes exit code %i for an answer where git may fail', async (exitCode) => {
  expect(await ending(`cat; echo out; echo err >&2; exit ${exitCode}`, true)).toEqual({
    exitCode,
    stdout: 'xout\n',
    stderr: 'err\n',
  });
});

it.each([
  ['it may not fail', 'echo "error: no" >&2; exit 1', false, 'error: no'],
  ['it may not fail, and says nothing', 'exit 1', false, 'it ended with 1'],
  ['it was killed', 'kill -9 $$', true, /ended with/],
  ['it crashed', 'exit 134', true, 'it ended with 134'],
  [
    'the disk is full',
    'echo "error: unable to write file x: No space left on device" >&2; exit 1',
    true,
    /No space/,
  ],
])('blames the machine when %s', async (_, script, mayFail, why) => {
  await expect(ending(script, mayFail)).rejects.toMatchObject({
    code: 'git-failed',
    exitCode: 3,
    why: typeof why === 'string' ? why : expect.stringMatching(why),
  });
});

it('blames the machine when there is no git', async () => {
  process.env['PATH'] = folder;
  const git = gitAt({ gitDir: folder, folder });
  await expect(git(['apply', '-'], { mayFail: true })).rejects.toMatchObject({
    code: 'git-failed',
    exitCode: 3,
  });
});

it('gives git no configuration and no variables of the user', async () => {
  process.env['GIT_DIR'] = '/elsewhere';
  try {
    const { stdout } = await ending('env', true);
    const names = stdout.match(/^[A-Z_]+(?==)/gm) ?? [];
    // The shell's own, and one that simple-git sets.
    const others = ['PWD', 'SHLVL', 'OLDPWD', '_', 'GIT_TEST_DISALLOW_ABBREVIATED_OPTIONS'];
    expect(names.filter((name) => !others.includes(name)).toSorted()).toEqual([
      'GIT_CONFIG_NOSYSTEM',
      'GIT_DIR',
      'GIT_LITERAL_PATHSPECS',
      'LC_ALL',
      'PATH',
    ]);
    expect(stdout).toContain(`GIT_DIR=${folder}\n`);
  } finally {
    delete process.env['GIT_DIR'];
  }
});
