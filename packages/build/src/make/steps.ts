// SPDX-License-Identifier: MIT
import type { BuildContext } from '../context.js';

// Often enough to be seen moving, seldom enough to cost nothing.
const EVERY_MS = 100;

/**
 * Tells progress about make's steps (`  CC [M]  drivers/uio/uio.o`), and how far along it is when
 * the number of them is known.
 */
export const stepCounter = (
  { progress, work }: Pick<BuildContext, 'progress' | 'work'>,
  expected: number | null,
): ((line: string) => void) => {
  let count = 0;
  let told = 0;
  return (line) => {
    count += 1;
    if (performance.now() - told < EVERY_MS) return;
    told = performance.now();
    const text = line.trim().replace(/\s+/g, ' ');
    progress({
      type: 'update',
      id: work,
      text,
      ...(expected === null ? {} : { fraction: Math.min(0.99, count / expected) }),
    });
  };
};
