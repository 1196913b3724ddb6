// SPDX-License-Identifier: MIT
import type { Patch } from '@uio-msi/series';
import { codeOf } from './ioctl-table.js';
import { isUapi } from './revision.js';

/** An ioctl that a patch adds to a header for user space. */
export interface IoctlUse {
  /** `UIO_MSI_IRQ_SET`; the line, where that defines no name. */
  readonly name: string;
  /** Path of the header. */
  readonly header: string;
  /** Letter and number; null where they are not to be made out from the series alone. */
  readonly code: number | null;
  readonly number: number | null;
}

const IOCTL = /\b_IO(?:R|W|WR)?\s*\(\s*('.'|[^,'()]+)\s*,\s*([^,]+?)\s*(?:,|\)\s*(?:\/\*.*)?$)/;
const DEFINE = /^\s*#\s*define\s+(\w+)(?:\s+(.*))?$/;

/** The ioctls that a patch adds. */
export const ioctlsOf = ({ changes }: Patch, series: readonly Patch[]): IoctlUse[] =>
  changes.flatMap(({ to, hunks }) => {
    if (to === null || !isUapi(to)) return [];
    const known = definesIn(series, to);
    return hunks
      .flatMap(({ lines }) => lines.filter((line) => line.startsWith('+')).map((line) => line.slice(1)))
      .flatMap((line): IoctlUse[] => {
        const [found, code = '', number = ''] = IOCTL.exec(line) ?? [];
        if (found === undefined) return [];
        const name = DEFINE.exec(line)?.[1] ?? line.trim();
        return [{ name, header: to, code: constantOf(code, known), number: constantOf(number, known) }];
      });
  });

// What the patches show of a header, the last one of a name counts.
const definesIn = (series: readonly Patch[], header: string): ReadonlyMap<string, string> =>
  new Map(
    series
      .flatMap(({ changes }) => changes.filter(({ to }) => to === header))
      .flatMap(({ hunks }) => hunks.flatMap(({ lines }) => lines.filter((line) => /^[ +]/.test(line))))
      .flatMap((line) => {
        const [, name, value = ''] = DEFINE.exec(line.slice(1)) ?? [];
        return name === undefined ? [] : [[name, value.replace(/\/\*.*$/, '').trim()] as const];
      }),
  );

// Names may be defined by others; deeper than this they are no constants of one header.
const DEEPEST = 8;

// A sum of numbers, characters and names, which is all that headers do.
const constantOf = (text: string, known: ReadonlyMap<string, string>, depth = 0): number | null => {
  if (depth > DEEPEST) return null;
  const terms = text
    .replace(/[()]/g, '')
    .split('+')
    .map((term) => term.trim());
  const values = terms.map((term) => {
    const value = codeOf(term);
    if (value !== null) return value;
    const defined = known.get(term);
    return defined === undefined ? null : constantOf(defined, known, depth + 1);
  });
  return values.reduce<number | null>(
    (sum, value) => (sum === null || value === null ? null : sum + value),
    0,
  );
};
