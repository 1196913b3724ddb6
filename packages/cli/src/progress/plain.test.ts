// SPDX-License-Identifier: MIT
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { plainProgress } from './plain.js';

const show = (verbose = false) => {
  const stream = new PassThrough();
  let now = 0;
  const shown = plainProgress(stream, { color: false, verbose }, () => now);
  return {
    progress: shown.progress,
    at: (seconds: number) => {
      now = seconds * 1000;
    },
    text: () => String(stream.read() ?? ''),
  };
};

describe('plain progress', () => {
  it('says when work begins and how it ended, children indented', () => {
    const { progress, at, text } = show();
    progress({ type: 'begin', id: 'a', title: 'cell' });
    progress({ type: 'begin', id: 'b', title: 'build', parent: 'a' });
    at(75);
    progress({ type: 'end', id: 'b', verdict: 'bad', text: 'FAIL' });
    progress({ type: 'end', id: 'a', verdict: 'good' });
    expect(text()).toBe('cell ...\n  FAILED: build (1 min 15 s) FAIL\nok: cell (1 min 15 s)\n');
  });

  it('shows that long work goes on, and is silent about short', () => {
    const { progress, at, text } = show();
    progress({ type: 'begin', id: 'a', title: 'build' });
    at(14);
    progress({ type: 'update', id: 'a', text: 'CC a.o' });
    at(16);
    progress({ type: 'update', id: 'a', text: 'CC b.o', fraction: 0.5 });
    at(17);
    progress({ type: 'update', id: 'a', text: 'CC c.o' });
    expect(text()).toBe('build ...\nbuild: 50 % CC b.o (16.0 s)\n');
  });

  it('lets no control character of a tool through', () => {
    const { progress, text } = show();
    progress({ type: 'note', text: 'red \u001b[31malert\u001b[0m\u0007\r\nsecond\u0000' });
    expect(text()).toBe('red alert second\n');
  });

  it('ignores what it never saw begin', () => {
    const { progress, text } = show();
    progress({ type: 'end', id: 'x', verdict: 'good' });
    expect(text()).toBe('');
  });
});
