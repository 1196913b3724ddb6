// SPDX-License-Identifier: MIT
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withLock } from './lock.js';

const path = join(mkdtempSync(join(tmpdir(), 'uio-msi-lock-')), 'lock');
const isFree = () => spawnSync('flock', ['--nonblock', path, 'true']).status === 0;

it('keeps other processes out while the work is done, and lets them in when it throws', () => {
  expect(withLock(path, isFree)).toBe(false);
  expect(isFree()).toBe(true);
  const broken = () => {
    throw new Error('broken');
  };
  expect(() => withLock(path, broken)).toThrow('broken');
  expect(isFree()).toBe(true);
});
