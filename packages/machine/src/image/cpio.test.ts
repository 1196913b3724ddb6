// SPDX-License-Identifier: MIT
import { mkdtemp, readFile, readlink, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@uio-msi/host';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CpioEntry, cpio } from './cpio.js';

const ENTRIES: CpioEntry[] = [
  { kind: 'device', path: '/dev/console', major: 5, minor: 1 },
  { kind: 'file', path: '/a/b/odd', mode: 0o755, content: Buffer.from('five!') },
  { kind: 'file', path: '/a/empty', mode: 0o644, content: Buffer.alloc(0) },
  { kind: 'link', path: '/a/link', target: 'b/odd' },
  { kind: 'folder', path: '/proc' },
];

describe('cpio', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cpio-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const list = async (archive: Uint8Array, ...flags: string[]) =>
    (await run('cpio', ['--quiet', '-t', ...flags], { input: archive })).stdout.trim().split('\n');

  it('is what cpio(1) lists: parents before their content, each once', async () => {
    const names = await list(cpio(ENTRIES));
    expect(names).toEqual(['dev', 'dev/console', 'a', 'a/b', 'a/b/odd', 'a/empty', 'a/link', 'proc']);
  });

  it('holds device nodes, modes and owners without being root', async () => {
    const lines = await list(cpio(ENTRIES), '-v', '--numeric-uid-gid');
    expect(lines[1]).toMatch(/^crw-------\s+1 0\s+0\s+5,\s+1 Jan {2}1 {2}1970 dev\/console$/);
    expect(lines[4]).toMatch(/^-rwxr-xr-x\s+1 0\s+0\s+5 Jan {2}1 {2}1970 a\/b\/odd$/);
    expect(lines[7]).toMatch(/^drwxr-xr-x\s+2 0\s+0\s+0 Jan {2}1 {2}1970 proc$/);
  });

  it('gives back what was put in', async () => {
    await run('cpio', ['--quiet', '-i', '-d', 'a*'], { input: cpio(ENTRIES), cwd: folder });
    expect(await readFile(join(folder, 'a/b/odd'), 'utf8')).toBe('five!');
    expect((await stat(join(folder, 'a/empty'))).size).toBe(0);
    expect(await readlink(join(folder, 'a/link'))).toBe('b/odd');
  });

  it('is the same for the same entries, and another archive can follow', () => {
    expect(cpio(ENTRIES).equals(cpio(ENTRIES))).toBe(true);
    expect(cpio(ENTRIES).length % 512).toBe(0);
  });
});
