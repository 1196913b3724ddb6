// SPDX-License-Identifier: MIT
import { problem } from '../problems.js';

// quilt(1): one patch a line, options such as -p1 behind the name, comments behind a #.
const listed = (text: string): string[] =>
  text
    .split('\n')
    .map(
      (line) =>
        line
          .replace(/(^|\s)#.*$/, '')
          .trim()
          .split(/\s+/)[0] ?? '',
    )
    .filter((name) => name !== '');

/**
 * Makes sure that quilt and `git quiltimport`, which read the file `series`, see what
 * `series.yaml` says.
 *
 * @throws {UserError} `series-mismatch` with the first difference
 */
export const requireSameOrder = (patches: readonly string[], quiltSeries: string): void => {
  const names = listed(quiltSeries);
  const at = Array.from({ length: Math.max(names.length, patches.length) }).findIndex(
    (_, i) => names[i] !== patches[i],
  );
  if (at === -1) return;
  const why = `number ${at + 1} is ${names[at] ?? 'missing'} there and ${patches[at] ?? 'missing'} in series.yaml`;
  throw problem('series-mismatch', 'series', why);
};
