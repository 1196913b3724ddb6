// SPDX-License-Identifier: MIT
import type { Cell } from './cell.js';

/**
 * The name of a square: `7.2.6/x86_64/gcc/minimal`, and `7.2.6/x86_64/gcc/minimal/first3` of the first
 * three patches. The same on every machine, whatever compilers it has. Pure.
 */
export const squareName = ({ kernel, arch, toolchain, config, prefix }: Place): string =>
  [kernel, arch, toolchain, config, ...(prefix === undefined ? [] : [`first${prefix}`])].join('/');

type Place = Pick<Cell, 'kernel' | 'arch' | 'toolchain' | 'config' | 'prefix'>;

// No series has more patches than four digits can tell.
const ONE = /^(?<stem>(?:[^/]+\/){4}first)(?<number>[1-9]\d{0,3})$/;
const RANGE = /^(?<stem>(?:[^/]+\/){4}first)(?<from>[1-9]\d{0,3})-(?<to>[1-9]\d{0,3})$/;

/** Names of squares, or of several prefixes: `…/minimal/first1-3` stands for three of them. Pure. */
export const namedSquares = (name: string): readonly string[] => {
  const { stem, from, to } = RANGE.exec(name)?.groups ?? {};
  const length = Number(to) - Number(from) + 1;
  // What is no range stays as it is: whoever looks it up says that there is none.
  if (!(length > 0)) return [name];
  return Array.from({ length }, (_, at) => `${stem}${Number(from) + at}`);
};

/** Things of one square, or of several prefixes of it. */
export interface Together<T> {
  /** As {@link namedSquares} reads it. */
  readonly name: string;
  readonly items: readonly [T, ...T[]];
}

/**
 * Puts together what stands one behind the other and is of consecutive prefixes of one square, which
 * share a worktree and a build folder. Pure.
 *
 * @param nameOf the name of a thing's square
 */
export const prefixesTogether = <T>(
  items: readonly T[],
  nameOf: (item: T) => string,
): readonly Together<T>[] => {
  const found: { name: string; next: string | null; items: [T, ...T[]] }[] = [];
  for (const item of items) {
    const name = nameOf(item);
    const { stem, number } = ONE.exec(name)?.groups ?? {};
    const next = stem === undefined ? null : `${stem}${Number(number) + 1}`;
    const last = found.at(-1);
    if (last?.next !== name) found.push({ name, next, items: [item] });
    else {
      last.items.push(item);
      last.name = `${nameOf(last.items[0])}-${number}`;
      last.next = next;
    }
  }
  return found.map(({ name, items: of }) => ({ name, items: of }));
};
