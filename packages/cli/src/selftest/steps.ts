// SPDX-License-Identifier: MIT
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { StepName } from './names.js';

/** One part of the project's own tests: a command, and where its results are. */
export interface Step {
  readonly name: StepName;
  readonly title: string;
  /** A program of node_modules/.bin and its arguments. */
  readonly command: readonly [string, ...string[]];
  /** The result files of vitest that it must write; without any, its exit is its result. */
  readonly results: readonly string[];
}

const hasTests = async (folder: string): Promise<boolean> =>
  (await readdir(folder, { recursive: true })).some(
    (name) => name.endsWith('.test.ts') && !name.includes('node_modules/') && !name.startsWith('dist/'),
  );

const unitFolders = async (root: string): Promise<string[]> => {
  const packages = (await readdir(join(root, 'packages'))).map((name) => `packages/${name}`);
  const folders = [...packages, 'conformance', 'tools'].map(async (folder) =>
    (await hasTests(join(root, folder))) ? [folder] : [],
  );
  return (await Promise.all(folders)).flat();
};

/** All steps, in order. Two at a time: the tests start compilers and guests of their own. */
export const testSteps = async (root: string): Promise<readonly Step[]> => [
  {
    name: 'lint',
    title: 'Lint: style, directions of dependencies, licences, lock file, shell scripts',
    command: ['nx', 'run-many', '-t', 'lint'],
    results: [],
  },
  {
    name: 'sync',
    title: 'Project references are those of package.json',
    command: ['nx', 'sync:check'],
    results: [],
  },
  {
    name: 'types',
    title: 'Types',
    command: ['nx', 'run-many', '-t', 'typecheck', '--parallel=2'],
    results: [],
  },
  {
    name: 'unit',
    title: 'Unit, property and integration tests',
    command: ['nx', 'run-many', '-t', 'test', '--parallel=2', '--skip-nx-cache'],
    results: (await unitFolders(root)).map((folder) => `${folder}/dist/test-results.json`),
  },
  {
    name: 'e2e',
    title: 'The command on a real kernel: built, booted, exercised, broken on purpose',
    command: ['vitest', 'run', '--config', 'tools/e2e/vitest.config.ts'],
    results: ['tools/dist/e2e-results.json'],
  },
];
