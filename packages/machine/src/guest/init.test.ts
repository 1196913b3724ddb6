// SPDX-License-Identifier: MIT
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@uio-msi/host';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { INIT } from './initrd.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'init-test-'));
});
afterEach(() => rm(dir, { recursive: true }));

// The end of process 1, with the shell of the guests: what it says when the job has ended.
const endOfInit = async (code: number, kmemleak: string): Promise<string> => {
  const init = await readFile(INIT, 'utf8');
  const look = /^look_for_leaks\(\) \{.*?^\}/ms.exec(init)?.[0] ?? '';
  const end =
    /^if \[ -e \$leaks \] && .*?(?=^finish)/ms.exec(init)?.[0].replaceAll('/dev/console', console_()) ?? '';
  const found = join(dir, 'found');
  await writeFile(found, 'unreferenced object 0xffff\n');
  const script = `sleep() { :; }\nreport() { echo "$1"; }\n${look}\nleaks=$0 code=${code}\nexec 8< "$1" 9> "$0"\n${end}`;
  const { stdout } = await run('busybox', ['sh', '-c', script, kmemleak, found]);
  return stdout;
};
const console_ = () => join(dir, 'console');

it('puts what kmemleak found on the console', async () => {
  const kmemleak = join(dir, 'kmemleak');
  expect(await endOfInit(0, kmemleak)).toBe('{"type":"exit","code":0}\n');
  expect(await readFile(console_(), 'utf8')).toBe('unreferenced object 0xffff\n');
  expect(await readFile(kmemleak, 'utf8')).toBe('scan\nscan\n');
});

it.each([
  [0, 70],
  [3, 3],
])(
  'does not take a kmemleak that cannot scan for one that found nothing: %d becomes %d',
  async (code, told) => {
    expect(await endOfInit(code, '/dev/full')).toBe(`{"type":"exit","code":${told}}\n`);
    expect(await readFile(console_(), 'utf8')).toContain('kmemleak could not be asked');
  },
);
