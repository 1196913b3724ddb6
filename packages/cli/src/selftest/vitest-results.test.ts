// SPDX-License-Identifier: MIT
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { countLine } from './counts.js';
import { readVitestResults } from './vitest-results.js';

const read = async (testResults: unknown) => {
  const path = join(await mkdtemp(join(tmpdir(), 'uio-msi-results-')), 'results.json');
  await writeFile(path, JSON.stringify({ testResults }));
  return readVitestResults(path);
};

const passed = { fullName: 'a', status: 'passed', failureMessages: [] };
const failed = { fullName: 'b', status: 'failed', failureMessages: ['expected 1\nat x'] };

it('adds up, and names what failed in a line', async () => {
  const skipped = ['skipped', 'pending', 'todo'].map((status) => ({ ...passed, status }));
  const counts = await read([
    { name: 'one.test.ts', status: 'failed', assertionResults: [passed, failed, ...skipped] },
    { name: 'two.test.ts', status: 'passed', assertionResults: [passed] },
  ]);
  expect(countLine(counts)).toBe('2 passed, 1 failed, 3 skipped');
  expect(counts.failures).toEqual(['one.test.ts: b: expected 1']);
});

it('counts a file that could not be loaded as a failure', async () => {
  const counts = await read([
    { name: 'x.test.ts', status: 'failed', message: 'no such module\n…', assertionResults: [] },
  ]);
  expect(countLine(counts)).toBe('0 passed, 1 failed, 0 skipped');
  expect(counts.failures).toEqual(['x.test.ts: no such module']);
});

it('takes nothing for granted: no file and no test are failures', async () => {
  expect((await readVitestResults('/no/such/file')).failed).toBe(1);
  expect((await read([])).failed).toBe(1);
});
