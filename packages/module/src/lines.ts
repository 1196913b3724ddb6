// SPDX-License-Identifier: MIT
import { compareLines } from '@uio-msi/series';

/**
 * The line whose sources are right for a kernel: its own; else the next newer one, because patches
 * for a line hold for older ones down to the next; else the newest. The compiler has the last word.
 *
 * @param lines those that there are, in any order
 */
export const lineFor = (kernelLine: string, lines: readonly string[]): string | undefined => {
  const oldestFirst = [...lines].sort(compareLines);
  return oldestFirst.find((line) => compareLines(line, kernelLine) >= 0) ?? oldestFirst.at(-1);
};

/** Of a catalogue's lines the one for a kernel, or all of them when no kernel is meant. */
export const chooseLines = (kernelLine: string | null, lines: readonly string[]): readonly string[] => {
  if (kernelLine === null) return lines;
  const line = lineFor(kernelLine, lines);
  return line === undefined ? [] : [line];
};
