// SPDX-License-Identifier: MIT
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { SUITE_VERSION } from '../src/version.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(mkdtempSync(join(tmpdir(), 'uio-msi-bundle-')), 'bundle');

/** The bundle as a vendor runs it: from elsewhere, with no packages to be found on the way up. */
const suite = (...args: string[]) =>
  spawnSync(process.execPath, [join(folder, 'suite.mjs'), ...args], {
    cwd: '/',
    encoding: 'utf8',
    input: '',
  });

beforeAll(() => {
  execFileSync(process.execPath, ['--import', '../tools/register.mjs', 'scripts/bundle.ts', folder], {
    cwd: root,
  });
}, 60_000);

describe('the bundle', () => {
  it('takes the place of an older one, which is never missing, and leaves nothing beside it', async () => {
    const before = statSync(folder).ino;
    const missing: number[] = [];
    const building = promisify(execFile)(
      process.execPath,
      ['--import', '../tools/register.mjs', 'scripts/bundle.ts', folder],
      { cwd: root },
    );
    const ended = building.then(() => true);
    while (!(await Promise.race([ended, setImmediate(false)]))) {
      if (!existsSync(join(folder, 'suite.mjs'))) missing.push(performance.now());
    }
    expect(missing).toEqual([]);
    expect(statSync(folder).ino).not.toBe(before);
    expect(readdirSync(dirname(folder))).toEqual(['bundle']);
  }, 60_000);

  it('is a script, its provokers, a manifest and koffi', () => {
    expect(readdirSync(folder).sort()).toEqual([
      'examples',
      'node_modules',
      'package.json',
      'provokers',
      'suite.mjs',
    ]);
    expect(readdirSync(join(folder, 'node_modules'))).toEqual(['koffi']);
    expect(readdirSync(join(folder, 'node_modules/koffi/build/koffi'))).toEqual([
      `${process.platform}_${process.arch}`,
    ]);
  });

  it('runs the command line', () => {
    expect(suite('--version')).toMatchObject({ status: 0, stdout: `${SUITE_VERSION}\n`, stderr: '' });
    expect(suite('run')).toMatchObject({ status: 2, stdout: '' });
  });

  it('finds its own provokers', () => {
    expect(suite('list')).toMatchObject({ status: 0, stderr: '' });
    expect(suite('provoker', 'new', '1234:5678').stdout).toContain('provoker: 1');
  });

  it('finds its own koffi: a second process opens a file, is ready, and ends with its input', () => {
    expect(suite('actor', 'arm', '/dev/null', '0')).toMatchObject({
      status: 0,
      stdout: 'ready\n',
      stderr: '',
    });
  });

  it('refuses a role it does not have', () => {
    const { status, stderr } = suite('actor', 'nobody');
    expect(stderr).toContain("There is no actor 'nobody'");
    expect(status).not.toBe(0);
  });
});
