// SPDX-License-Identifier: MIT
import { contentKey } from '@uio-msi/host';
import { isMap, isScalar, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
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

/** An entry of a list: a name, or the fields of a variant. */
export type Entry = string | Readonly<Record<string, string | undefined>>;

/**
 * Makes a list in a file another one. Entries that stay keep their text, with the comments above and
 * behind them; of one that changed, the fields that did are set where they are; a new one looks like
 * the first.
 *
 * @param key the node that it is the value of
 * @param values at least one
 */
export const editList = (text: string, key: unknown, list: YAMLSeq, values: readonly Entry[]): Splice[] => {
  const items = list.flow ? flowItems(text, list) : blockItems(text, key, list);
  const olds = matchAll(items, values);
  const first = items[0];
  if (!first) return [];
  const bodies = values.map((value, at) => {
    const old = olds[at];
    return old ? old.edit(value) : first.alike(value);
  });
  const [from, to] = [first.from, items.at(-1)?.to ?? first.to];
  const now = bodies.join(list.flow ? ',' : '');
  return now === text.slice(from, to) ? [] : [{ from, to, text: now }];
};

/** The text of `key:` with a list that was not there. */
export const newList = (key: string, values: readonly Entry[]): string =>
  `${key}:\n${values.map((value) => blockEntry(value, '  ', '\n')).join('')}`;

interface Item {
  readonly value: Entry;
  /** Its text in the file, with what is before and behind it there. */
  readonly from: number;
  readonly to: number;
  /** Its text with other values in it. */
  readonly edit: (value: Entry) => string;
  /** The text of another entry that looks like it. */
  readonly alike: (value: Entry) => string;
}

// The same; else one that is about to go and that it stands for, each once.
const matchAll = (items: readonly Item[], values: readonly Entry[]): (Item | undefined)[] => {
  const keys = values.map((value) => contentKey(value));
  const free = new Set(items.filter((item) => !keys.includes(contentKey(item.value))));
  return values.map((value, at) => {
    const same = items.find((item) => contentKey(item.value) === keys[at]);
    if (same) return same;
    const renamed = items.length === values.length ? items[at] : undefined;
    const found = [...free].find((item) => isOneOf(item.value, value) || (item === renamed && isName(value)));
    if (found) free.delete(found);
    return found;
  });
};

const isName = (value: Entry): value is string => typeof value === 'string';

// A variant that goes with its patch to another name, or was looked at again.
const isOneOf = (a: Entry, b: Entry): boolean =>
  !isName(a) &&
  !isName(b) &&
  Object.keys(a).every((key) => key in b) &&
  a['line'] === b['line'] &&
  (a['patch'] === b['patch'] || a['why'] === b['why']);

// The comments above an entry, and behind it in its last line, are its own.
const blockItems = (text: string, key: unknown, list: YAMLSeq): Item[] => {
  const nodes = list.items as Node[];
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  let from = nextLine(text, rangeOf(key)[1]);
  return nodes.map((node) => {
    const [begin, to] = [from, nextLine(text, contentEnd(text, node))];
    from = to;
    const dash = text.lastIndexOf('-', rangeOf(node)[0] - 1);
    const indent = text.slice(lineStart(text, dash), dash);
    return {
      value: entryOf(node),
      ...{ from: begin, to },
      edit: (value) => {
        const edited = edit(text, node, value, begin, to);
        return edited.endsWith('\n') ? edited : `${edited}${eol}`;
      },
      alike: (value) =>
        isMap(node) && node.flow
          ? `${indent}- ${flowEntry(value, paddingOf(text, node))}${eol}`
          : blockEntry(value, indent, eol),
    };
  });
};

// Between commas; what is before the closing bracket stays there.
const flowItems = (text: string, list: YAMLSeq): Item[] => {
  const nodes = list.items as Node[];
  let from = rangeOf(list)[0] + 1;
  return nodes.map((node, at) => {
    const begin = from;
    const end = rangeOf(node)[1];
    const next = nodes[at + 1];
    const comma = next ? text.slice(0, rangeOf(next)[0]).lastIndexOf(',') : end;
    from = comma + 1;
    return {
      value: entryOf(node),
      ...{ from: begin, to: comma },
      edit: (value) => edit(text, node, value, begin, comma),
      alike: (value) => ` ${flowEntry(value, isMap(node) ? paddingOf(text, node) : '')}`,
    };
  });
};

const entryOf = (node: Node): Entry =>
  isMap(node)
    ? Object.fromEntries(node.items.map(({ key, value }) => [String(key), scalarOf(value)]))
    : scalarOf(node);

const scalarOf = (node: unknown): string => (isScalar(node) ? String(node.value) : '');

const edit = (text: string, node: Node, value: Entry, from: number, to: number): string => {
  const splices = isName(value) ? setName(node, value) : isMap(node) ? setFields(text, node, value) : [];
  const local = splices.map((splice) => ({ ...splice, from: splice.from - from, to: splice.to - from }));
  return spliced(text.slice(from, to), local);
};

const setName = (node: Node, value: string): Splice[] =>
  scalarOf(node) === value ? [] : [setScalar(node, value)];

const setFields = (text: string, map: YAMLMap, values: Exclude<Entry, string>): Splice[] => {
  const before = new Map(map.items.map((pair) => [String(pair.key), pair.value]));
  const splices = Object.entries(values).flatMap(([key, value]) => {
    if (value === undefined || !before.has(key)) return [];
    return scalarOf(before.get(key)) === value ? [] : [setScalar(before.get(key), value)];
  });
  const added = Object.entries(values).filter(([key, value]) => value !== undefined && !before.has(key));
  const last = before.get('patch') ?? map.items.at(-1)?.value;
  const end = contentEnd(text, last);
  const column = rangeOf(map)[0] - lineStart(text, rangeOf(map)[0]);
  const lines = added.map(([key, value]) =>
    map.flow
      ? `, ${key}: ${fieldText(key, value)}`
      : `${text.includes('\r\n') ? '\r\n' : '\n'}${' '.repeat(column)}${key}: ${fieldText(key, value)}`,
  );
  // Behind the comment in that line.
  const at = map.flow
    ? end
    : nextLine(text, end) - (/\r?\n$/.exec(text.slice(0, nextLine(text, end)))?.[0].length ?? 0);
  return added.length === 0 ? splices : [...splices, { from: at, to: at, text: lines.join('') }];
};

// A line such as 6.10 is no number.
const fieldText = (key: string, value: string | undefined): string =>
  key === 'line' ? JSON.stringify(value) : scalarText(value);

const fieldsOf = (value: Exclude<Entry, string>): string[] =>
  Object.entries(value).flatMap(([key, one]) => (one === undefined ? [] : `${key}: ${fieldText(key, one)}`));

const blockEntry = (value: Entry, indent: string, eol: string): string => {
  const lines = isName(value) ? [scalarText(value)] : fieldsOf(value);
  return lines.map((line, at) => `${indent}${at === 0 ? '- ' : '  '}${line}${eol}`).join('');
};

const paddingOf = (text: string, map: YAMLMap): string =>
  /^\{(\s?)/.exec(text.slice(rangeOf(map)[0]))?.[1] ?? '';

const flowEntry = (value: Entry, padding: string): string =>
  isName(value) ? scalarText(value) : `{${padding}${fieldsOf(value).join(', ')}${padding}}`;
