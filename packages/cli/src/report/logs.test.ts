// SPDX-License-Identifier: MIT
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { copyLog } from './logs.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'uio-msi-logs-'));
});
afterEach(() => rm(dir, { recursive: true }));

const put = async (name: string, content: string | Buffer): Promise<string> => {
  await writeFile(join(dir, name), content);
  return join(dir, name);
};

it.each([
  ['x.log', (text: string) => text],
  ['x.log.gz', (text: string) => gzipSync(text)],
])('gives a short log as text, whole: %s', async (name, made) => {
  const text = 'CC a.o\nCC b.o\n';
  const log = await copyLog(await put(name, made(text)), join(dir, 'report'), 'logs/cell-build');
  expect(log).toEqual({ end: text, size: text.length, file: 'logs/cell-build.txt' });
  expect(await readFile(join(dir, 'report/logs/cell-build.txt'), 'utf8')).toBe(text);
});

it.each(['long.log', 'long.log.gz'])(
  'keeps 200 MB compressed, and never has them in memory: %s',
  async (name) => {
    const block = Buffer.from(
      `${'[   12.345678] uio_msi: a line of a console that is flooded'.padEnd(127)}\n`.repeat(8192),
    );
    const blocks = 200;
    function* flood() {
      for (let at = 0; at < blocks; at++) yield block;
      yield Buffer.from('the last line\n');
    }
    const path = join(dir, name);
    const steps = name.endsWith('.gz') ? [createGzip({ level: 1 })] : [];
    await pipeline([Readable.from(flood()), ...steps, createWriteStream(path)]);
    const before = process.memoryUsage.rss();
    const log = await copyLog(path, join(dir, 'report'), 'logs/cell-boot');
    expect(process.memoryUsage.rss() - before).toBeLessThan(150 << 20);
    expect(log).toMatchObject({ size: blocks * block.length + 14, file: 'logs/cell-boot.log.gz' });
    expect(log?.end).toMatch(/^\[ {3}12\.345678\].*the last line\n$/s);
    expect(log?.end.length).toBeLessThan(20_000);
    const copied = join(dir, 'report/logs/cell-boot.log.gz');
    expect((await stat(copied)).size).toBeLessThan(20 << 20);
    let size = 0;
    const { createReadStream } = await import('node:fs');
    for await (const chunk of createReadStream(copied).pipe(createGunzip())) size += chunk.length;
    expect(size).toBe(log?.size);
  },
  120_000,
);

it('shows the end of a line that never ends', async () => {
  const log = await copyLog(await put('x.log', 'x'.repeat(3 << 20)), dir, 'x');
  expect(log?.end).toMatch(/^x{1000}/);
});

it.each([
  ['is not there', null],
  ['is damaged', Buffer.from('not gzip at all')],
  ['was cut off', gzipSync('x'.repeat(100_000)).subarray(0, 50)],
])('does not link a log that %s', async (_, content) => {
  const path = content ? await put('x.log.gz', content) : join(dir, 'gone.log.gz');
  expect(await copyLog(path, join(dir, 'report'), 'x')).toBeNull();
});
