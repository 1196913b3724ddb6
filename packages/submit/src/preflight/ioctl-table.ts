// SPDX-License-Identifier: MIT

/** A row of Documentation/userspace-api/ioctl/ioctl-number.rst. */
export interface IoctlRow {
  /** The code's value: that of `'I'`, or 0x12. */
  readonly code: number;
  readonly first: number;
  readonly last: number;
  /** `86-8F`, as the table has it. */
  readonly range: string;
  /** Headers and sources, as the table names them. */
  readonly files: readonly string[];
  /** Whether it says that others have the same numbers. */
  readonly conflict: boolean;
}

const ROW = /^('.'|0x[0-9A-Fa-f]{2}) +(all|[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2})?)(?: +(.*))?$/;
const LAST = 0xff;

/** Reads the table; lines that go on below a row belong to it. */
export const parseIoctlTable = (text: string): IoctlRow[] => {
  const rows: { head: RegExpExecArray; words: string[] }[] = [];
  for (const line of text.split('\n')) {
    const head = ROW.exec(line);
    if (head) rows.push({ head, words: wordsOf(head[3] ?? '') });
    else if (/^ {4,}\S/.test(line)) rows.at(-1)?.words.push(...wordsOf(line));
  }
  return rows.map(({ head: [, code = '', range = ''], words }) => ({
    code: codeOf(code) ?? -1,
    ...limitsOf(range),
    range,
    files: words,
    conflict: words.includes('conflict!'),
  }));
};

const wordsOf = (text: string): string[] => text.split(/[\s<>,()]+/).filter((word) => word !== '');

/** The value of a code as C or the table writes it; null when it is neither a character nor a number. */
export const codeOf = (text: string): number | null => {
  const [, character] = /^'(.)'$/.exec(text.trim()) ?? [];
  if (character !== undefined) return character.charCodeAt(0);
  return /^(?:0[xX][0-9a-fA-F]+|\d+)[uU]?$/.test(text.trim())
    ? Number.parseInt(text, /^\s*0[xX]/.test(text) ? 16 : 10)
    : null;
};

const limitsOf = (range: string): Pick<IoctlRow, 'first' | 'last'> => {
  if (range === 'all') return { first: 0, last: LAST };
  const [first = '0', last = first] = range.split('-');
  return { first: Number.parseInt(first, 16), last: Number.parseInt(last, 16) };
};
