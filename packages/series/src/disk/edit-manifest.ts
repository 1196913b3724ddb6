// SPDX-License-Identifier: MIT
import { contentKey } from '@uio-msi/host';
import { isMap, isScalar, isSeq, type Pair, parse, parseDocument } from 'yaml';
import { type Entry, editList, newList } from './edit-list.js';
import type { Manifest } from './manifest.js';
import {
  contentEnd,
  lineStart,
  nextLine,
  rangeOf,
  type Splice,
  scalarText,
  setScalar,
  spliced,
} from './splice.js';

/** What of a series.yaml may change. */
export type ManifestEdit = Partial<Pick<Manifest, 'patches' | 'variants' | 'base'>> & {
  /** null: removed. */
  readonly 'base-commit'?: null;
};

type Value = ManifestEdit[keyof ManifestEdit];

/**
 * The text of a series.yaml with some of its fields changed, and only where they are: whoever wrote
 * the rest, with its comments, quotes and spaces, finds it as it was.
 */
export const editManifest = (text: string, edit: ManifestEdit): string => {
  const { contents } = parseDocument(text);
  if (!isMap(contents)) return text;
  const before = parse(text) as Record<string, unknown>;
  const changed = Object.entries(edit).filter(
    ([key, value]) => contentKey(before[key] ?? []) !== contentKey(value ?? []),
  );
  if (changed.length === 0) return text;
  const pairs = new Map(contents.items.map((pair) => [String(pair.key), pair]));
  const edited = spliced(
    text,
    changed.flatMap(([key, value]) => editField(text, key, pairs.get(key), value)),
  );
  return saysSo(edited, { ...before, ...Object.fromEntries(changed) }) ? edited : rewritten(text, changed);
};

const editField = (text: string, key: string, pair: Pair | undefined, value: Value): Splice[] => {
  const gone = isNothing(value);
  if (!pair) return gone ? [] : [append(text, key, value)];
  if (gone) return [removal(text, pair)];
  if (!Array.isArray(value)) return isScalar(pair.value) ? [setScalar(pair.value, value)] : [];
  return isSeq(pair.value) ? editList(text, pair.key, pair.value, value as readonly Entry[]) : [];
};

const removal = (text: string, { key, value }: Pair): Splice => ({
  from: lineStart(text, rangeOf(key)[0]),
  to: nextLine(text, contentEnd(text, value ?? key)),
  text: '',
});

const append = (text: string, key: string, value: Value): Splice => {
  const said = Array.isArray(value)
    ? newList(key, value as readonly Entry[])
    : `${key}: ${scalarText(value)}\n`;
  return { from: text.length, to: text.length, text: text.endsWith('\n') ? said : `\n${said}` };
};

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0);

// A field that is gone and an empty list are the same to whoever reads it.
const saysSo = (text: string, wanted: Readonly<Record<string, unknown>>): boolean => {
  const plain = (fields: Readonly<Record<string, unknown>>) =>
    contentKey(Object.fromEntries(Object.entries(fields).filter(([, one]) => !isNothing(one))));
  try {
    return plain(parse(text) as Record<string, unknown>) === plain(wanted);
  } catch {
    return false;
  }
};

// What is written in a way that nobody thought of (anchors, a comment with commas in a list) is
// written anew: it says the right thing, in the library's own words.
const rewritten = (text: string, fields: readonly (readonly [string, Value])[]): string => {
  const document = parseDocument(text);
  for (const [key, value] of fields)
    if (value === null) document.delete(key);
    else document.set(key, value);
  return document.toString({ lineWidth: 0 });
};
