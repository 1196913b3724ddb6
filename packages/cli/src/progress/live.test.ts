// SPDX-License-Identifier: MIT
import { PassThrough } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { expect, it } from 'vitest';
import { liveProgress } from './live.js';

const terminal = (): WriteStream =>
  Object.assign(new PassThrough(), { columns: 30, rows: 10 }) as unknown as WriteStream;

it('keeps what ended, redraws what runs, and leaves a clean terminal', () => {
  const stream = terminal();
  const { progress, end } = liveProgress(stream, { color: false, verbose: false });
  progress({ type: 'begin', id: 'a', title: 'build' });
  progress({ type: 'update', id: 'a', text: `CC ${'x'.repeat(100)}` });
  progress({ type: 'note', text: 'a note' });
  progress({ type: 'end', id: 'a', verdict: 'good', text: 'done' });
  end();
  const text = String((stream as unknown as PassThrough).read());
  expect(text).toContain('a note\n');
  expect(text).toMatch(/✓ build \d+\.\d s done\n$/);
  for (const line of text.split('\n').filter((row) => row.includes('CC')))
    expect(line.length).toBeLessThanOrEqual(30);
});
