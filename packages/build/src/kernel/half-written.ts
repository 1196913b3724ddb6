// SPDX-License-Identifier: MIT
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere } from '@uio-msi/host';

/*
 * A compiler writes its object straight to the final name. make removes half-written targets when
 * it is interrupted, but not when it is killed: what is left is newer than its sources, and the
 * next make would take it for done.
 *
 * kbuild writes `.<target>.cmd`, the command that made a target, when that command has succeeded,
 * and remakes a target whose command it does not know. So after a kill it is enough to forget the
 * commands of targets that were written after them, and those that were themselves cut off.
 */

// In the build folder while make runs.
const MARK = 'uio-msi.building';

/** Runs `work` so that a build folder tells whether it was cut off in the middle of it. */
export const marked = async <T>(buildDir: string, work: () => Promise<T>): Promise<T> => {
  const mark = join(buildDir, MARK);
  await mkdir(buildDir, { recursive: true });
  if ((await readIfThere(mark)) !== null) await forgetHalfWritten(buildDir);
  await writeFile(mark, '');
  const result = await work();
  await rm(mark, { force: true });
  return result;
};

/**
 * Makes kbuild remake every target of a folder that may be half-written.
 *
 * @returns the targets, relative to the folder
 */
export const forgetHalfWritten = async (buildDir: string): Promise<readonly string[]> => {
  const forgotten: string[] = [];
  for (const path of await readdir(buildDir, { recursive: true })) {
    const doubt = DOUBTS.find(({ pattern }) => pattern.test(path));
    if (!doubt || !(await doubt.isCutOff(join(buildDir, path)))) continue;
    await rm(join(buildDir, path), { force: true });
    forgotten.push(path.replace(COMMAND_FILE, '$1$2'));
  }
  return forgotten;
};

const COMMAND_FILE = /(^|\/)\.([^/]+)\.cmd$/;

const isCommandCutOff = async (commandFile: string): Promise<boolean> => {
  const command = await stat(commandFile);
  const target = await stat(commandFile.replace(COMMAND_FILE, '$1$2')).catch(() => null);
  if (target !== null && target.mtimeMs > command.mtimeMs) return true;
  const text = await readFile(commandFile, 'utf8');
  // scripts/basic/fixdep ends what it writes with the line `$(deps_<target>):`.
  return !text.endsWith('\n') || (text.includes('\ndeps_') && !/^\$\(deps_.*\):$/m.test(text));
};

const DOUBTS: readonly { pattern: RegExp; isCutOff: (path: string) => Promise<boolean> }[] = [
  { pattern: COMMAND_FILE, isCutOff: isCommandCutOff },
  // `WRAP` headers are one `echo` and have no command file: cut off, they are empty.
  { pattern: /(^|\/)generated\/.*\.h$/, isCutOff: async (path) => (await stat(path)).size === 0 },
];
