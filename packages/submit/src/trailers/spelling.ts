// SPDX-License-Identifier: MIT

/**
 * The tags that others give (Documentation/process/submitting-patches.rst). `Signed-off-by` and
 * `Co-developed-by` are no answer to a patch: nobody signs off by way of us.
 */
export const TAGS = ['Reviewed-by', 'Acked-by', 'Tested-by', 'Reported-by', 'Suggested-by'] as const;

/** What somebody says who does not want a patch: it is no tag of the kernel's, and nobody may miss it. */
export const NACK = 'Nacked-by';

const KEYS = new Map<string, string>([...TAGS, NACK].map((key) => [key.slice(0, -3).toLowerCase(), key]));
const LINE = /^((?:\s*>)*)\s*([A-Za-z]+(?:-and-[A-Za-z]+)*)-by:\s*(\S.*)$/i;
const QUOTES = /^(?:\s*>)+/;
const LOOSE = /by[*_ \t]{0,3}:[*_ \t]*/i;
const WORD = /([A-Za-z]{3,12})[ \t-]{0,2}$/;

/** The names of tags in a line. */
export interface TagNames {
  /** As the kernel writes them. */
  readonly keys: readonly string[];
  /** What stands behind them. */
  readonly rest: string;
  readonly quoted: boolean;
  /** Not as tags are written: misspelled, with a space for the hyphen, in bold, or within a sentence. */
  readonly loose: boolean;
}

/** Finds tags in a line, which may be several in one: `Reviewed-and-tested-by`. */
export const tagNames = (line: string): TagNames | null => {
  const [, quotes = '', names = '', rest = ''] = LINE.exec(line) ?? [];
  const keys = names
    .toLowerCase()
    .split('-and-')
    .map((name) => KEYS.get(name));
  if (keys.every((key) => key !== undefined)) return { keys, rest, quoted: quotes !== '', loose: false };
  const found = LOOSE.exec(line);
  if (!found) return null;
  const [, word = ''] = WORD.exec(line.slice(Math.max(0, found.index - 16), found.index)) ?? [];
  const key =
    KEYS.get(word.toLowerCase()) ?? [...KEYS].find(([name]) => alike(name, word.toLowerCase()))?.[1];
  if (key === undefined) return null;
  const behind = line.slice(found.index + found[0].length);
  return { keys: [key], rest: behind, quoted: QUOTES.test(line), loose: true };
};

// The same but for two letters that changed places, or for one that is more, less or another.
const alike = (a: string, b: string): boolean => {
  let from = 0;
  while (from < a.length && a[from] === b[from]) from += 1;
  let end = 0;
  while (end < a.length - from && end < b.length - from && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [x, y] = [a.slice(from, a.length - end), b.slice(from, b.length - end)];
  return (x.length <= 1 && y.length <= 1) || (x.length === 2 && x === [...y].reverse().join(''));
};
