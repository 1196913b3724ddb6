// SPDX-License-Identifier: MIT
import { contentKey } from '@uio-msi/host';
import { isMap, isSeq, parseDocument } from 'yaml';
import type { Manifest } from './manifest.js';

/** What of a series.yaml may change. */
export type ManifestEdit = Partial<Pick<Manifest, 'patches' | 'variants' | 'base' | 'revision'>> & {
  /** null: removed. */
  readonly 'base-commit'?: null;
};

/**
 * The text of a series.yaml with some of its fields changed: comments, order and quotes of all
 * others stay.
 */
export const editManifest = (text: string, edit: ManifestEdit): string => {
  const document = parseDocument(text);
  const { contents } = document;
  if (!isMap(contents)) return text;
  let changed = false;
  for (const [key, value] of Object.entries(edit)) {
    const before = document.toJS()[key];
    if (value === null) {
      changed = document.delete(key) || changed;
      continue;
    }
    if (contentKey(before ?? []) === contentKey(value)) continue;
    changed = true;
    if (Array.isArray(value)) replaceList(document, key, value);
    else document.set(key, key === 'base' ? quoted(document, `${value}`) : value);
  }
  return changed ? document.toString({ lineWidth: 0, flowCollectionPadding: /[[{] /.test(text) }) : text;
};

type Document = ReturnType<typeof parseDocument>;

// Entries that stay are kept as nodes, with their comments, quotes and order of keys.
const replaceList = (document: Document, key: string, values: readonly unknown[]): void => {
  const list = document.get(key);
  const nodes = isSeq(list) ? list.items : [];
  const kept = new Map(nodes.map((node) => [contentKey(toJs(document, node)), node]));
  const items = values.map(
    (value) => kept.get(contentKey(value)) ?? document.createNode(styled(document, value)),
  );
  const flow = isMap(nodes[0]) && nodes[0].flow === true;
  if (flow) for (const item of items) if (isMap(item)) item.flow = true;
  if (isSeq(list)) list.items = items;
  else document.set(key, document.createNode(values));
};

const toJs = (document: Document, node: unknown): unknown =>
  node !== null && typeof node === 'object' && 'toJS' in node
    ? (node as { toJS(document: Document): unknown }).toJS(document)
    : node;

// A line such as 6.10 is no number.
const styled = (document: Document, value: unknown): unknown => {
  if (value === null || typeof value !== 'object' || !('line' in value)) return value;
  return { ...value, line: quoted(document, `${value.line}`) };
};

const quoted = (document: Document, text: string): unknown => {
  const node = document.createNode(text) as { type?: string };
  node.type = 'QUOTE_DOUBLE';
  return node;
};

/**
 * The text of quilt's file `series` for another list of patches. Comments stay above the patch that
 * they are above, and options behind their patch.
 *
 * @param before the names of all its patches, in order
 * @param after the new names, each with its old one, or null
 */
export const editQuiltSeries = (
  text: string,
  after: readonly { readonly file: string; readonly was: string | null }[],
): string => {
  const lines = new Map<string, string[]>();
  let pending: string[] = [];
  for (const line of text.replace(/\n$/, '').split('\n')) {
    pending.push(line);
    const name =
      line
        .replace(/(^|\s)#.*$/, '')
        .trim()
        .split(/\s+/)[0] ?? '';
    if (name === '') continue;
    lines.set(name, pending);
    pending = [];
  }
  const listed = after.flatMap(({ file, was }) => {
    const old = was === null ? undefined : lines.get(was);
    return old ? [...old.slice(0, -1), (old.at(-1) ?? '').replace(was ?? '', () => file)] : [file];
  });
  return [...listed, ...pending]
    .filter((line, at, all) => line !== '' || at < all.length - 1)
    .map((line) => `${line}\n`)
    .join('');
};
