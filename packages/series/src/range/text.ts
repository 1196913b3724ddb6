// SPDX-License-Identifier: MIT
import type { PairStatus } from './pairs.js';
import type { RangeRow } from './range-diff.js';

// The signs of git range-diff.
const SIGNS: Readonly<Record<PairStatus, string>> = { same: '=', changed: '!', dropped: '<', added: '>' };

type Paint = (code: string, text: string) => string;

const PLAIN: Paint = (_, text) => text;
const COLOUR: Paint = (code, text) => `\u001b[${code}m${text}\u001b[0m`;

// SGR codes: yellow, red, green as git has them.
const STATUS_CODES: Readonly<Record<PairStatus, string>> = {
  same: '33',
  changed: '33',
  dropped: '31',
  added: '32',
};

/**
 * A range-diff for a terminal, laid out as git's: a line for each patch, and below one that changed
 * the difference of both.
 */
export const renderRangeText = (rows: readonly RangeRow[], colour: boolean): string => {
  const paint = colour ? COLOUR : PLAIN;
  const width = `${rows.length}`.length;
  const place = (at: number | null) => (at === null ? '-' : `${at + 1}`).padStart(width);
  return rows
    .map(({ status, before, after, subject, was, hunks }) => {
      const title = `${place(before)} ${SIGNS[status]} ${place(after)}  ${subject}`;
      return [
        paint(STATUS_CODES[status], title),
        ...(was === null ? [] : [`    was: ${was}`]),
        ...hunks.flatMap((hunk) => [
          `    ${paint('36', `@@ ${hunk.title}`)}`,
          ...hunk.lines.map((line) => `    ${paintLine(line, paint)}`),
        ]),
      ].join('\n');
    })
    .join('\n');
};

const paintLine = (line: string, paint: Paint): string => {
  const codes: Readonly<Record<string, string>> = { '-': '31', '+': '32' };
  const code = codes[line.slice(0, 1)];
  return code === undefined ? line : paint(code, line);
};
