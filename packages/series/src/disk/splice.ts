// SPDX-License-Identifier: MIT
import { isMap, isScalar, isSeq, type Node, Scalar, stringify } from 'yaml';

/** Another text for a range of a file. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A text with some ranges of it replaced; everything else stays byte for byte. */
export const spliced = (text: string, splices: readonly Splice[]): string =>
  splices
    .toSorted((a, b) => b.from - a.from)
    .reduce((all, { from, to, text: now }) => all.slice(0, from) + now + all.slice(to), text);

/** Where a node is in its file; a node that was not read from one is nowhere. */
export const rangeOf = (node: unknown): readonly [start: number, end: number] => {
  const [start = 0, end = 0] = (node as Node | null)?.range ?? [];
  return [start, end];
};

/** Where what a node says ends, without the line ends and comments behind it. */
export const contentEnd = (text: string, node: unknown): number => {
  const last = isBlock(node) ? node.items.at(-1) : undefined;
  if (last === undefined) return text.slice(0, rangeOf(node)[1]).trimEnd().length;
  if (!isPair(last)) return contentEnd(text, last);
  return contentEnd(text, (last.value as Node | null)?.range ? last.value : last.key);
};

const isBlock = (node: unknown): node is { readonly items: readonly unknown[] } =>
  (isMap(node) || isSeq(node)) && node.flow !== true;

const isPair = (item: unknown): item is { readonly key: unknown; readonly value: unknown } =>
  item !== null && typeof item === 'object' && 'key' in item;

/** The position behind the end of the line that a position is in. */
export const nextLine = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
};

/** The beginning of the line that a position is in. */
export const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

/** A value as YAML on one line, in the quotes that another node has. */
export const scalarText = (value: unknown, like?: unknown): string => {
  // JSON is YAML, and stays on its line.
  if (/[\r\n]/.test(`${value}`)) return JSON.stringify(value);
  const scalar = new Scalar(value);
  const type = isScalar(like) ? like.type : undefined;
  if (type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE') scalar.type = type;
  return stringify(scalar, { lineWidth: 0, blockQuote: false }).trimEnd();
};

/** Sets a scalar where it is. */
export const setScalar = (node: unknown, value: unknown): Splice => {
  const [from, to] = rangeOf(node);
  return { from, to, text: scalarText(value, node) };
};
