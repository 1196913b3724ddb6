// SPDX-License-Identifier: MIT
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readIfThere, writeAtomic } from './atomic.js';
import { contentKey, fileDigest, openContentKey, Written } from './digest.js';
import { readJson } from './json.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'files-'));
});
afterEach(() => rm(dir, { recursive: true }));

describe('writeAtomic', () => {
  it('makes folders, replaces, and leaves nothing beside the file', async () => {
    const path = join(dir, 'a', 'b');
    await writeAtomic(path, 'old');
    await writeAtomic(path, new Uint8Array([110, 101, 119]));
    expect(await readFile(path, 'utf8')).toBe('new');
    expect(await readdir(join(dir, 'a'))).toEqual(['b']);
  });

  it('takes a text in pieces', async () => {
    const path = join(dir, 'a');
    await writeAtomic(path, new Set(['one ', 'two\n']));
    expect(await readFile(path, 'utf8')).toBe('one two\n');
  });

  it('replaces the file itself: whoever has the old one open keeps all of it', async () => {
    const path = join(dir, 'a');
    await writeFile(path, 'old');
    await chmod(path, 0o400);
    await writeAtomic(path, 'new');
    expect(await readFile(path, 'utf8')).toBe('new');
  });

  it('leaves the old content and no litter when it fails', async () => {
    const path = join(dir, 'a');
    await mkdir(path);
    await expect(writeAtomic(path, 'new')).rejects.toThrow('EISDIR');
    expect(await readdir(dir)).toEqual(['a']);
  });

  it('never shows a part to a reader', async () => {
    const path = join(dir, 'a');
    const contents = ['x', 'y'].map((letter) => letter.repeat(1_000_000));
    await writeAtomic(path, contents[0] ?? '');
    const seen = new Set<string>();
    let writing = true;
    const writer = (async () => {
      for (let i = 0; i < 20; i++) await writeAtomic(path, contents[i % 2] ?? '');
      writing = false;
    })();
    while (writing) seen.add(await readFile(path, 'utf8'));
    await writer;
    expect([...seen].filter((content) => !contents.includes(content))).toEqual([]);
  });
});

it('readIfThere tells no file from an empty one, and other errors from both', async () => {
  expect(await readIfThere(join(dir, 'none'))).toBeNull();
  await writeFile(join(dir, 'empty'), '');
  expect(await readIfThere(join(dir, 'empty'))).toBe('');
  await expect(readIfThere(dir)).rejects.toThrow('EISDIR');
});

it('fileDigest is SHA-256 (FIPS 180-2, example B.1)', async () => {
  await writeFile(join(dir, 'abc'), 'abc');
  expect(await fileDigest(join(dir, 'abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

describe('contentKey', () => {
  it('does not depend on the order of keys, at any depth', () => {
    expect(contentKey({ a: 1, b: [{ c: 2, d: 3 }] })).toBe(contentKey({ b: [{ d: 3, c: 2 }], a: 1 }));
  });

  it('tells values apart', () => {
    const values = [{ a: 1 }, { a: '1' }, { a: [1] }, { a: null }, {}, { b: 1 }, [1, 2], [2, 1]];
    expect(new Set(values.map(contentKey)).size).toBe(values.length);
  });
});

it('contentKey is the digest of JSON with sorted keys: keys that were kept are found again', () => {
  const text = 'CONFIG_A="\\"\n'.repeat(100);
  const value = {
    b: [text, undefined, null, 1.5],
    a: { d: undefined, c: true },
    e: text,
    f: new Date(0),
    '10': 1,
    '9': 2,
  };
  const sorted = {
    '10': 1,
    '9': 2,
    a: { c: true },
    b: [text, null, null, 1.5],
    e: text,
    f: '1970-01-01T00:00:00.000Z',
  };
  const names = ['10', '9', 'a', 'b', 'e', 'f'] as const;
  const json = `{${names.map((name) => `"${name}":${JSON.stringify(sorted[name])}`).join(',')}}`;
  const digest = createHash('sha256').update(json).digest('hex');
  expect(contentKey(value)).toBe(digest);
  const keys = openContentKey();
  expect([keys(value), keys(value)]).toEqual([digest, digest]);
  expect(contentKey({ ...value, b: new Written(value.b) })).toBe(digest);
});

describe('readJson', () => {
  it('gives what was written, and undefined for what is not there or damaged', async () => {
    const path = join(dir, 'a');
    expect(await readJson(path)).toBeUndefined();
    await writeFile(path, '{"half');
    expect(await readJson(path)).toBeUndefined();
    await writeAtomic(path, '[1]');
    expect(await readJson(path)).toEqual([1]);
  });

  it('does not take a file that cannot be read for one that is not there', async () => {
    await expect(readJson(dir)).rejects.toThrow('EISDIR');
  });
});
