// SPDX-License-Identifier: MIT
import { stripSpace } from './letter.js';

const STAT_LINE =
  /^ (?:\S.* +\| +(?:\d+(?: [+-]+)?|Bin.*)|\d+ files? changed\b.*|(?:create|delete) mode \d{6} .*|mode change \d{6} => .*|(?:rename|copy|rewrite) .*)$/;
const SHORTLOG_HEAD = /^\S.* \((\d+)\):$/;
const TRACKING = /^(?:base-commit|change-id|prerequisite-[a-z-]+|base-tree|branch): \S/;
const SIGNATURE = /\n-- ?\n[^\n]*$/;

/**
 * What a person wrote in a cover letter: without the list of patches, the diffstat, the lines that
 * say where the series belongs, and the signature. All of these are made anew for each posting.
 */
export const coverText = (text: string): string => {
  const lines = text.trimEnd().replace(SIGNATURE, '\n').split('\n');
  const kept: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const count = Number(SHORTLOG_HEAD.exec(line)?.[1] ?? 0);
    if (isShortlog(lines.slice(at + 1), count)) {
      while (/^ {2,}\S/.test(lines[at + 1] ?? '')) at += 1;
    } else if (!STAT_LINE.test(line) && !TRACKING.test(line)) kept.push(line);
  }
  return stripSpace(kept.join('\n')).replace(/\n-{2,3}$/, '');
};

// `git shortlog`: a subject on each line, or more where it is wrapped.
const isShortlog = (below: readonly string[], count: number): boolean =>
  count > 0 && below.slice(0, count).every((line) => /^ {2,}\S/.test(line)) && below.length >= count;

/** A cover letter as a series keeps it: its subject as the heading. */
export const coverFile = (subject: string, text: string): string =>
  `# ${subject}\n${text === '' ? '' : `\n${text}\n`}`;
