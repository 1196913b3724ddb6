// SPDX-License-Identifier: MIT

/** What a patch makes of a file that it adds or changes: the lines it adds. Pure. */
export const addedLines = (patch: string, path: string): readonly string[] => {
  const lines: string[] = [];
  let inside = false;
  let inHunk = false;
  for (const line of patch.split('\n')) {
    if (line.startsWith('diff --git ')) {
      inside = line.endsWith(` b/${path}`);
      inHunk = false;
    } else if (line.startsWith('@@')) inHunk = inside;
    else if (line === '-- ') inside = inHunk = false;
    else if (inHunk && line.startsWith('+')) lines.push(line.slice(1));
  }
  return lines;
};

const squeeze = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** A sentence ends with a full stop in front of what begins another. */
const END = /(?<=\.\)?\*{0,2})\s+(?=[A-Z"`*])/;

const sentencesIn = (text: string): string[] => squeeze(text).split(END).filter(Boolean);

const UNDERLINE = /^([=\-~])\1{3,}$/;
const RULE = /^=+( +=+)+$/;
const DIRECTIVE = /^ *\.\. /;
const ITEM = /^(-|\d+\.) /;

/**
 * The sentences of a document in reStructuredText, in order. Headings, code, directives and the head
 * of a table are none; a row of a table is one, its cells with a bar between them. Pure.
 */
export const sentencesOf = (lines: readonly string[]): readonly string[] => {
  const sentences: string[] = [];
  let text: string[] = [];
  const flush = () => {
    sentences.push(...sentencesIn(text.join(' ')));
    text = [];
  };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const next = lines[i + 1] ?? '';
    if (RULE.test(line)) {
      flush();
      const end = lines.findIndex((other, at) => at > i && RULE.test(other) && !lines[at + 1]);
      sentences.push(...rowsOf(lines.slice(i, end + 1)));
      i = end;
    } else if (line === '') flush();
    else if (DIRECTIVE.test(line)) {
      flush();
      i = endOfBlock(lines, i);
    } else if (!UNDERLINE.test(line) && !(UNDERLINE.test(next) && text.length === 0)) {
      if (ITEM.test(line.trimStart())) flush();
      text.push(line.trim().replace(ITEM, ''));
      if (!line.endsWith('::')) continue;
      flush();
      i = endOfBlock(lines, i);
    }
  }
  flush();
  return sentences;
};

const indentOf = (line: string): number => line.search(/\S/);

/** The last of the lines that are indented more than the one at `from`, or empty. */
const endOfBlock = (lines: readonly string[], from: number): number => {
  const indent = indentOf(lines[from] ?? '');
  const next = lines.findIndex((line, at) => at > from && line !== '' && indentOf(line) <= indent);
  return (next === -1 ? lines.length : next) - 1;
};

/** The rows of a simple table, without its head. A row whose first cell is empty goes on the one before. */
const rowsOf = (table: readonly string[]): string[] => {
  const starts = [...(table[0] ?? '').matchAll(/=+/g)].map(({ index }) => index);
  const head = table.findLastIndex((line, at) => at < table.length - 1 && RULE.test(line));
  const rows: string[][] = [];
  for (const line of table.slice(head + 1, -1)) {
    const cells = starts.map((from, n) => line.slice(from, starts[n + 1]).trim());
    if (cells[0] !== '') rows.push(cells);
    else rows.push((rows.pop() ?? []).map((cell, n) => `${cell} ${cells[n]}`));
  }
  return rows.map((cells) => squeeze(cells.join(' | ')));
};

/** What the comments of a C header say: each member of a structure, and sentences of the others. Pure. */
export const headerSentences = (lines: readonly string[]): readonly string[] => {
  const comments = [...lines.join('\n').matchAll(/\/\*(\*?)([\s\S]*?)\*\//g)];
  return comments
    .map(([, kernelDoc, body = '']) => ({
      kernelDoc,
      body: body.split('\n').map((line) => line.replace(/^\s*\*\s?/, '')),
    }))
    .filter(({ body }) => body.join(' ').trim().includes(' ') && !/SPDX|Copyright/.test(body.join(' ')))
    .flatMap(({ kernelDoc, body }) => (kernelDoc === '' ? sentencesIn(body.join(' ')) : kernelDocOf(body)));
};

/** `struct.member: what it is`, for each. */
const kernelDocOf = (body: readonly string[]): string[] => {
  const text = body.join('\n');
  const name = /struct (\w+)/.exec(text)?.[1] ?? '';
  return text
    .split(/\n(?=@)/)
    .filter((part) => part.startsWith('@'))
    .map((part) => squeeze(`${name}.${part.slice(1)}`));
};
