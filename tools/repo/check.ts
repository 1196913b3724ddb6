// SPDX-License-Identifier: MIT
// node --import ./tools/register.mjs tools/repo/check.ts [--complete-lock]
// What no linter knows about this repository: directions, licences, a lock file that works elsewhere.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { layerProblems, type Manifest } from './layers.js';
import { completeLock, type LockFile, lockProblems } from './lock.js';
import { licenceProblems } from './spdx.js';

const LOCK = 'package-lock.json';

const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

if (process.argv.includes('--complete-lock'))
  writeFileSync(LOCK, `${JSON.stringify(completeLock(readJson<LockFile>(LOCK)), null, 2)}\n`);

const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
});
const paths = listed.split('\0').filter((path) => path !== '' && existsSync(path));
const manifests = paths.filter((path) => /^(packages\/[^/]+|conformance|tools)\/package\.json$/.test(path));
const texts = new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]));

const problems = [
  ...layerProblems(manifests.map((path) => readJson<Manifest>(path))),
  ...lockProblems(readJson<LockFile>(LOCK)),
  ...licenceProblems(texts),
];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
