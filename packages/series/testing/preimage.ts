// SPDX-License-Identifier: MIT
import type { FileChange, Patch } from '../src/index.js';

// A file as far as patches tell: its lines, holes where they say nothing, and whether it ends
// behind the last.
interface Known {
  readonly lines: readonly (string | undefined)[];
  readonly ends: boolean;
}

/**
 * Files to which a series applies, made up from the context in its hunks and padding between, so
 * that a series can be tried without the kernel it is for. Works backwards from the last patch.
 */
export const preimage = (patches: readonly Patch[]): Record<string, string> => {
  const files = new Map<string, Known>();
  for (const { changes } of patches.toReversed())
    for (const change of changes) {
      const after = files.get(change.to ?? '') ?? { lines: [], ends: false };
      if (change.to !== null) files.delete(change.to);
      if (change.from !== null) files.set(change.from, undo(after, change));
    }
  return Object.fromEntries([...files].map(([path, known]) => [path, fill(path, known)]));
};

const undo = (after: Known, { hunks }: FileChange): Known => {
  const lines: (string | undefined)[] = [];
  let at = 0;
  for (const hunk of hunks) {
    const start = hunk.newLines === 0 ? hunk.newStart : hunk.newStart - 1;
    while (at < start) lines.push(after.lines[at++]);
    lines.push(...hunk.lines.filter((line) => /^[ -]/.test(line)).map((line) => line.slice(1)));
    at += hunk.newLines;
  }
  while (at < after.lines.length) lines.push(after.lines[at++]);
  const last = hunks.at(-1)?.lines ?? [];
  const tail = last.length - 1 - last.findLastIndex((line) => !line.startsWith(' '));
  return { lines, ends: after.ends || tail < 3 };
};

const fill = (path: string, { lines, ends }: Known): string =>
  [
    ...Array.from(lines, (line, at) => line ?? `padding ${at + 1} of ${path}`),
    ...(ends ? [] : ['end', path, 'end']),
  ]
    .map((line) => `${line}\n`)
    .join('');
