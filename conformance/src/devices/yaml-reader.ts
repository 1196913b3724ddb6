// SPDX-License-Identifier: MIT
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';

/** What is wrong with a file, where, and what was expected there. */
export interface Problem {
  /** From 1. */
  readonly line: number;
  /** `raise[1].value`; empty for the file itself. */
  readonly field: string;
  readonly message: string;
}

/** One node of a document: what it is, and where. */
export interface Spot {
  readonly field: string;
  /** Text of a scalar as it was written, without quotes; null for anything else. */
  readonly text: string | null;
  /** Fields of a map. Reports those that are not among the names, and gives the others. */
  fields(names: readonly string[]): ReadonlyMap<string, Spot>;
  /** Entries of a map whose keys are anything. */
  entries(): readonly (readonly [key: string, value: Spot])[];
  /** Items of a list, of `most` at most; none of a field that is empty. */
  items(most: number): readonly Spot[];
  /** Reports that something else was expected. */
  expect(what: string): void;
  /** Reports something that is wrong with its name. */
  reportName(message: string): void;
  /** Reports something that is wrong with it. */
  report(message: string): void;
}

/** The most of one file that are worth reading. */
const MOST_PROBLEMS = 20;

/**
 * Reads YAML, of which JSON is a part, without what can make a small file large or a plain one
 * strange: anchors, aliases, tags, several documents, a name given twice.
 *
 * @param read gets the root, unless the text is no YAML at all, and reports what is wrong with it
 */
export const readYaml = <T>(
  source: string,
  read: (root: Spot) => T,
): { readonly value: T | null; readonly problems: readonly Problem[] } => {
  const lines = new LineCounter();
  const problems: Problem[] = [];
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const report = (offset: number, field: string, message: string) => {
    if (problems.length < MOST_PROBLEMS) problems.push({ line: lineAt(offset), field, message });
  };
  const document = parseDocument(source, {
    lineCounter: lines,
    prettyErrors: false,
    schema: 'core',
    merge: false,
  });
  for (const error of [...document.errors, ...document.warnings])
    report(error.pos[0], '', (error.message.split('\n')[0] ?? '').replace(/ at line \d+.*$/, ''));
  if (problems.length > 0) return { value: null, problems };
  const spot = (node: Node | null, field: string, offset: number): Spot => {
    // What has a name and several lines is at its name.
    const at = (field.endsWith(']') || isScalar(node) ? node?.range?.[0] : undefined) ?? offset;
    const complain = (message: string) => report(at, field, message);
    if (isStrange(node)) complain('expected a plain value, without an anchor, alias or tag');
    const expect = (what: string) => complain(`expected ${what}, found ${describe(node)}`);
    const child = ({ key, value }: Pair<unknown, unknown>): readonly [string, Spot] => {
      const name = isScalar(key) ? String(key.source ?? key.value) : '?';
      const keyAt = (isScalar(key) ? key.range?.[0] : undefined) ?? at;
      return [name, spot(value as Node | null, field === '' ? name : `${field}.${name}`, keyAt)];
    };
    const entries = () => {
      if (isMap(node)) return node.items.map(child);
      expect('fields, each a name, a colon and a value');
      return [];
    };
    return {
      field,
      text: isScalar(node) && node.value !== null ? String(node.source ?? node.value) : null,
      expect,
      report: complain,
      reportName: (message) => report(offset, field, message),
      entries,
      fields: (names) => {
        const all = entries();
        for (const [name, value] of all)
          if (!names.includes(name)) value.reportName(`unknown; expected one of ${names.join(', ')}`);
        return new Map(all.filter(([name]) => names.includes(name)));
      },
      items: (most) => {
        if (node === null || (isScalar(node) && node.value === null)) return [];
        if (!isSeq(node)) expect('a list, each item on a line that begins with "- "');
        else if (node.items.length > most) complain(`${node.items.length} items, expected ${most} at most`);
        else return node.items.map((item, i) => spot(item as Node | null, `${field}[${i}]`, at));
        return [];
      },
    };
  };
  return { value: read(spot(document.contents, '', 0)), problems };
};

const isStrange = (node: Node | null): boolean =>
  node !== null &&
  (!(isScalar(node) || isMap(node) || isSeq(node)) ||
    ('anchor' in node && node.anchor !== undefined) ||
    node.tag !== undefined);

const describe = (node: Node | null): string => {
  if (isMap(node)) return 'fields';
  if (isSeq(node)) return 'a list';
  if (!isScalar(node) || node.value === null) return 'nothing';
  return `'${String(node.source ?? node.value).slice(0, 60)}'`;
};
