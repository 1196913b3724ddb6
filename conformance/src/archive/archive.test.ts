// SPDX-License-Identifier: MIT
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../errors.js';
import { type Entry, pathProblem } from './entry.js';
import { tar } from './tar.js';
import { untar } from './untar.js';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'uio-msi-archive-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const file = (path: string, text = path): Entry => ({ path, bytes: Buffer.from(text), executable: false });
const sameFiles = (entries: readonly Entry[]) =>
  entries.map(({ path, bytes, executable = false }) => [
    path,
    Buffer.from(bytes).toString('hex'),
    executable,
  ]);

describe('tar', () => {
  it("is read by the system's tar", () => {
    const long = `${'folder/'.repeat(20)}file`;
    writeFileSync(join(dir, 'a.tar'), tar([file('b'), file(long), { ...file('run'), executable: true }]));
    const listed = execFileSync('tar', ['-tvf', join(dir, 'a.tar')], { encoding: 'utf8' });
    expect(listed).toMatch(new RegExp(`-rw-r--r-- .*${long}\n`));
    expect(listed).toMatch(/-rwxr-xr-x .* run\n/);
  });

  it('gives the same bytes for the same files in any order', () => {
    expect(tar([file('b'), file('a')]).equals(tar([file('a'), file('b')]))).toBe(true);
  });
});

describe('untar', () => {
  const part = fc.stringMatching(/^[a-z0-9._-]{1,20}$/).filter((text) => !/^\.+$/.test(text));
  const path = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
  const entry = fc.record({ path, bytes: fc.uint8Array({ maxLength: 1500 }), executable: fc.boolean() });

  it('gives back what tar packed', () => {
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: (one) => one.path }), (entries) => {
        const sorted = entries.toSorted((a, b) => (a.path < b.path ? -1 : 1));
        expect(sameFiles(untar(tar(entries)))).toEqual(sameFiles(sorted));
      }),
    );
  });

  it('whatever byte is changed: it complains as one who foresaw it, or gives paths that stay inside', () => {
    const archive = tar([file('statement.json', 'x'.repeat(600)), file('kernel/log')]);
    fc.assert(
      fc.property(fc.nat(archive.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const bad = Buffer.from(archive);
        bad[at] = (bad[at] ?? 0) ^ flip;
        try {
          for (const entry of untar(bad)) expect(pathProblem(entry.path)).toBeNull();
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });

  it("reads what the system's tar makes", () => {
    mkdirSync(join(dir, 'sub'));
    writeFileSync(join(dir, 'sub/file'), 'text');
    execFileSync('tar', ['--format=ustar', '-cf', join(dir, 'a.tar'), '-C', dir, 'sub']);
    const archive = execFileSync('cat', [join(dir, 'a.tar')]);
    expect(sameFiles(untar(archive))).toEqual(sameFiles([file('sub/file', 'text')]));
  });

  it.each(['../outside', '/etc/passwd', 'a/../../b', 'a//b', 'a/./b', '././a'])('refuses %s', (path) => {
    writeFileSync(join(dir, 'file'), 'text');
    const args = ['--format=ustar', '-P', '-cf', '-', '-C', dir, `--transform=s,^file$,${path},`, 'file'];
    expect(() => untar(execFileSync('tar', args))).toThrow(/leaves its folder|begins at the root/);
  });

  it('refuses a link', () => {
    symlinkSync('/etc/passwd', join(dir, 'link'));
    const archive = execFileSync('tar', ['--format=ustar', '-cf', '-', '-C', dir, 'link']);
    expect(() => untar(archive)).toThrow('is no plain file');
  });

  it('refuses a file that is there twice, and one that is cut off', () => {
    const one = tar([file('a')]).subarray(0, -1024);
    expect(() => untar(Buffer.concat([one, tar([file('a')])]))).toThrow('twice');
    expect(() => untar(tar([file('a')]).subarray(0, 700))).toThrow('ends in the middle');
  });
});
