// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitLines } from './lines.js';

const feed = (chunks: readonly Uint8Array[], limit = 1000): (string | null)[] => {
  const lines: (string | null)[] = [];
  const split = splitLines(limit, (line) => lines.push(line));
  for (const chunk of chunks) split(chunk);
  return lines;
};

describe('splitLines', () => {
  it('gives the same lines however the bytes are cut', () => {
    const line = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\n'));
    fc.assert(
      fc.property(fc.array(line), fc.integer({ min: 1, max: 7 }), (lines, size) => {
        const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          bytes.subarray(index * size, (index + 1) * size),
        );
        expect(feed(chunks, 1e6)).toEqual(lines);
      }),
    );
  });

  it('drops a line over the limit and goes on with the next', () => {
    expect(feed([Buffer.from('12345\n123456\nok\n')], 5)).toEqual(['12345', null, 'ok']);
  });

  it('keeps nothing of an endless line', () => {
    const split = splitLines(1024, () => {});
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 512; i++) split(chunk);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
  });

  it('does not depend on a chunk after it was given', () => {
    const chunk = Buffer.from('he');
    const lines: (string | null)[] = [];
    const split = splitLines(10, (line) => lines.push(line));
    split(chunk);
    chunk.fill('x');
    split(Buffer.from('y\n'));
    expect(lines).toEqual(['hey']);
  });
});
