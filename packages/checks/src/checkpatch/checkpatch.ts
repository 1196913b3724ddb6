// SPDX-License-Identifier: MIT
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { run } from '@uio-msi/host';
import { EnvironmentError, type Finding } from '@uio-msi/model';
import type { Check, CheckContext, CheckedPatch } from '../check.js';
import { inParallel } from '../parallel.js';
import { parseReport } from './parse.js';

// --root: the tree is asked whether headers and files exist. The patch comes on standard input.
// --terse is one --quiet, which leaves out the summary of a patch that is clean; two do not.
const OPTIONS = [
  '--strict',
  '--terse',
  '--quiet',
  '--showfile',
  '--show-types',
  '--no-color',
  '--root=.',
  '-',
];

// The last line of what it says about a patch. Without it, it did not get there: of an empty file
// in its place perl makes a program that finds nothing and exits with 0.
const SUMMARY = /^total: \d+ errors, \d+ warnings, (?:\d+ checks, )?\d+ lines checked$/;

// For the first CamelCase name checkpatch collects those of include/ into a file in the current
// folder, which takes seconds and is not safe with another checkpatch beside it. So it is done
// beforehand, with this.
const SEED: CheckedPatch = {
  file: 'seed.patch',
  text: '--- a/seed.c\n+++ b/seed.c\n@@ -0,0 +1 @@\n+int CamelCase;\n',
};

/** The kernel's own style checker, as the tree under test has it. */
export const checkpatch: Check = {
  name: 'checkpatch',
  version: 2,
  title: "the kernel's scripts/checkpatch.pl --strict",
  reads: [
    'scripts/checkpatch.pl',
    'scripts/spelling.txt',
    'scripts/const_structs.checkpatch',
    'Documentation/dev-tools/checkpatch.rst',
    // Asked for each file whether it is obsolete.
    'scripts/get_maintainer.pl',
    'MAINTAINERS',
    // Headers that replace <asm/…>, and identifiers in CamelCase that the kernel has already.
    'include',
    // Both scripts know a kernel tree by these (top_of_kernel_tree()); of a folder one file will do.
    ...['COPYING', 'CREDITS', 'Kbuild', 'Makefile', 'README'],
    ...['arch', 'drivers', 'fs', 'init', 'ipc', 'kernel', 'lib'].map((folder) => `${folder}/Kconfig`),
    ...['init', 'ipc', 'kernel'].map((folder) => `${folder}/Makefile`),
  ],
  prepare: async (kernelDir, context) => {
    await checkOne(kernelDir, SEED, context);
  },
  run: async ({ patches, kernelDir }, context) =>
    (
      await inParallel(patches, availableParallelism(), (patch) => checkOne(kernelDir, patch, context))
    ).flat(),
};

const checkOne = async (
  kernelDir: string,
  { file, text }: CheckedPatch,
  { signal }: CheckContext,
): Promise<Finding[]> => {
  // get_maintainer.pl takes the current folder for the tree. A .checkpatch.conf in the user's home,
  // or in the folder that the variable names, would change what is found.
  const env = { LC_ALL: 'C', HOME: kernelDir, CHECKPATCH_CONFIG_DIR: undefined };
  const script = join('scripts', 'checkpatch.pl');
  const result = await run('perl', [script, ...OPTIONS], { cwd: kernelDir, env, input: text, signal });
  const lines = result.stdout.split('\n').filter((line) => line !== '');
  const whole = SUMMARY.test(lines.at(-1) ?? '');
  if (whole) lines.pop();
  const findings = lines.map((line) => parseReport(file, line));
  const strange = lines.find((_, at) => findings[at] === null);
  // 0: nothing found, 1: something found; perl dies with others.
  if (strange !== undefined || ![0, 1].includes(result.exitCode ?? -1))
    throw failed(file, strange ?? result.stderr.trim());
  if (!whole) throw failed(file, 'it ended without its summary');
  return findings.filter((finding) => finding !== null);
};

const failed = (file: string, why: string): EnvironmentError =>
  new EnvironmentError({
    code: 'checkpatch-failed',
    message: `checkpatch.pl could not check ${file}`,
    why,
    next: 'remove kernel-files in the state folder: it is made again; or run it by hand in a kernel tree: perl scripts/checkpatch.pl --strict PATCH',
  });
