// SPDX-License-Identifier: MIT
import { endOfChanges } from './tail.js';

/** A patch file cut into pieces, which put together again are the file, byte for byte. */
export interface PatchParts {
  /** The mbox line, the headers, and the empty line behind them. */
  readonly head: string;
  /** The commit message below the subject. */
  readonly message: string;
  /** The line `---` behind the message; empty when the patch has none. */
  readonly opening: string;
  /** What is for reviewers and not for the history: changelogs. */
  readonly notes: string;
  /** A second `---`, between notes and diffstat. */
  readonly closing: string;
  /** The diffstat and the empty line behind it. */
  readonly stat: string;
  /** From the first `diff --git` on. */
  readonly diff: string;
  /** What is behind it: where the series belongs (`base-commit:`), and git's signature. */
  readonly tail: string;
}

// git mailinfo cuts the message at the same lines (patchbreak() in mailinfo.c).
const BREAK = /^(?:---\s*|--- \S.*|diff -.*|Index: .*)$/m;

const RULE = '---\n';

// What `git apply --stat --summary` prints, and format-patch with it.
const STAT =
  /^ (?:\S.* \| +(?:\d+(?: [+-]+)?|Bin.*)|\d+ files? changed\b.*|(?:create|delete) mode \d{6} .*|mode change \d{6} => .*|(?:rename|copy|rewrite) .*)$/;

/** Cuts a patch file, as `git format-patch` writes it, into its parts. Takes any text, and loses nothing of it. */
export const takeApart = (text: string): PatchParts => {
  const { head, body } = cutHead(text);
  const cut = BREAK.exec(body)?.index ?? body.length;
  const rest = body.slice(cut);
  const at = rest.search(/^diff --git /m);
  const below = at === -1 ? rest : rest.slice(0, at);
  const whole = at === -1 ? '' : rest.slice(at);
  const end = endOfChanges(whole);
  return {
    head,
    message: body.slice(0, cut),
    ...cutBelow(below),
    diff: whole.slice(0, end),
    tail: whole.slice(end),
  };
};

/** The file of some parts: the inverse of {@link takeApart}. */
export const putTogether = (parts: PatchParts): string =>
  [
    parts.head,
    parts.message,
    parts.opening,
    parts.notes,
    parts.closing,
    parts.stat,
    parts.diff,
    parts.tail,
  ].join('');

/**
 * A patch file with other notes below its `---`. Everything else stays byte for byte.
 *
 * @param notes the new notes; when empty, the patch has none
 */
export const withNotes = (text: string, notes: string): string => {
  const lines = trimLines(notes);
  const below = lines === '' ? { notes: '', closing: '' } : { notes: `${lines}\n`, closing: RULE };
  return putTogether({ ...takeApart(text), opening: RULE, ...below });
};

/** A text without the empty lines that it begins and ends with. */
export const trimLines = (text: string): string => text.trimEnd().replace(/^(?:[^\S\n]*\n)+/, '');

// The empty line ends the headers, and a mail without one has nothing else.
const cutHead = (text: string): { head: string; body: string } => {
  const end = text.indexOf('\n\n');
  return end === -1 ? { head: text, body: '' } : { head: text.slice(0, end + 2), body: text.slice(end + 2) };
};

const cutBelow = (below: string): Pick<PatchParts, 'opening' | 'notes' | 'closing' | 'stat'> => {
  const opening = /^---[ \t]*\n/.exec(below)?.[0] ?? '';
  const lines = below.slice(opening.length).split(/(?<=\n)/);
  let stat = lines.length;
  while (stat > 0 && (lines[stat - 1] ?? '').trim() === '') stat -= 1;
  while (stat > 0 && STAT.test((lines[stat - 1] ?? '').trimEnd())) stat -= 1;
  const closing = stat > 0 && lines[stat - 1] === RULE ? RULE : '';
  return {
    opening,
    notes: lines.slice(0, closing === '' ? stat : stat - 1).join(''),
    closing,
    stat: lines.slice(stat).join(''),
  };
};
