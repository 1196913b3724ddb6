// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runChecks } from '../checks.js';
import { checkpatch } from './checkpatch.js';

// A stand-in that says what it is given, to make every way of ending happen on demand. The real
// script is tried in tools/e2e, on a real kernel.
const TOTAL = 'sub total { print "total: 0 errors, 0 warnings, 0 checks, 1 lines checked\n" }';
const script = (body: string) => `use strict; my $patch = join('', <STDIN>);\n${TOTAL}\n${body}\n`;

let kernelDir: string;
beforeEach(async () => {
  kernelDir = await mkdtemp(join(tmpdir(), 'uio-msi-checks-'));
  await mkdir(join(kernelDir, 'scripts'));
});
afterEach(() => rm(kernelDir, { recursive: true }));

const check = async (body: string, texts = ['a\n']) => {
  await writeFile(join(kernelDir, 'scripts/checkpatch.pl'), script(body));
  const patches = texts.map((text, at) => ({ file: `${at + 1}.patch`, text }));
  return await checkpatch.run({ patches, kernelDir }, {});
};

it('gives each patch on standard input and keeps the order of the patches', async () => {
  const findings = await check('chomp $patch; print ":0: WARNING:SAID: $patch\n"; total(); exit 1;', [
    'x\n',
    'y\n',
    'z\n',
  ]);
  expect(findings.map(({ patch, message }) => [patch, message])).toEqual([
    ['1.patch', 'x'],
    ['2.patch', 'y'],
    ['3.patch', 'z'],
  ]);
});

it('asks the tree, strictly, for one line a report', async () => {
  const [finding] = await check('print ":0: CHECK:ARGS: @ARGV\n"; total(); exit 1;');
  expect(finding?.message).toBe('--strict --terse --quiet --showfile --show-types --no-color --root=. -');
});

it("is not led by a .checkpatch.conf in the user's home, nor elsewhere", async () => {
  vi.stubEnv('CHECKPATCH_CONFIG_DIR', '/elsewhere');
  const found = await check('print ":0: CHECK:DIR: <", $ENV{CHECKPATCH_CONFIG_DIR}, ">\n"; total(); exit 1;');
  vi.unstubAllEnvs();
  expect(found[0]?.message).toBe('<>');
  const [finding] = await check('print ":0: CHECK:HOME: $ENV{HOME}\n"; total(); exit 1;');
  expect(finding?.message).toBe(kernelDir);
});

it.each([
  ['dies', 'die "no such thing\n";', 'no such thing'],
  ['says what nobody understands', 'print "Segmentation fault\n"; exit 1;', 'Segmentation fault'],
  ['says nothing, not even that it is done', '', 'it ended without its summary'],
  ['ends in the middle', 'print ":0: CHECK:SAID: x\n"; exit 1;', 'it ended without its summary'],
])('is an error of the environment when the script %s', async (_, body, why) => {
  await expect(check(body)).rejects.toMatchObject({ code: 'checkpatch-failed', exitCode: 3, why });
});

it('finds nothing when there is nothing', async () => {
  expect(await check('total();')).toEqual([]);
});

it('shows a missing sign-off as a note', async () => {
  await writeFile(
    join(kernelDir, 'scripts/checkpatch.pl'),
    script('print "a.c:1: ERROR:MISSING_SIGN_OFF: Missing Signed-off-by: line(s)\n"; total(); exit 1;'),
  );
  const findings = await runChecks({ patches: [{ file: '1.patch', text: '' }], kernelDir });
  expect(findings).toMatchObject([{ severity: 'note', file: '1.patch', line: null }]);
});
