// SPDX-License-Identifier: MIT
import { problem } from '../problems.js';

const HEADER =
  /^(?:diff --git |index |(?:old|new|new file|deleted file) mode |(?:dis)?similarity index |(?:rename|copy) (?:from|to) |--- |\+\+\+ |GIT binary patch|Binary files )/;
const HUNK = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/;

interface Left {
  old: number;
  new: number;
}

// What a line of a hunk uses up; an empty one is a context line that lost its space on the way, and
// git apply takes it for that.
const USES: Readonly<Record<string, readonly [old: number, new_: number]>> = {
  ' ': [1, 1],
  '': [1, 1],
  '-': [1, 0],
  '+': [0, 1],
  '\\': [0, 0],
};

/**
 * The changes in the text of a mail, without what lists and mail programs put around and between:
 * what git apply would read of it.
 *
 * @param name how messages call the mail
 * @param text from the first `diff --git` on
 * @throws {UserError} `mail-wrapped` when a hunk has a line that cannot belong to it, `mail-damaged`
 */
export const pureDiff = (name: string, text: string): string => {
  const kept: string[] = [];
  const left: Left = { old: 0, new: 0 };
  let inHeader = false;
  for (const line of text.split('\n')) {
    if (left.old > 0 || left.new > 0) {
      kept.push(hunkLine(name, line, left));
      continue;
    }
    const hunk = HUNK.exec(line);
    if (hunk && kept.length > 0) {
      left.old = Number(hunk[1] ?? 1);
      left.new = Number(hunk[2] ?? 1);
      inHeader = false;
    } else if (line.startsWith('diff --git ')) inHeader = true;
    else if (inHeader && line.startsWith('@@'))
      throw problem('mail-damaged', name, `git has no hunk "${line.slice(0, 80)}"`);
    else if (!(inHeader && HEADER.test(line)) && !line.startsWith('\\ ')) continue;
    kept.push(line);
  }
  if (left.old > 0 || left.new > 0)
    throw problem('mail-wrapped', name, 'its last hunk is shorter than it says');
  return kept.length === 0 ? '' : `${kept.join('\n')}\n`;
};

const hunkLine = (name: string, line: string, left: Left): string => {
  const uses = USES[line.slice(0, 1)];
  if (!uses) throw problem('mail-wrapped', name, `a hunk has the line "${line.slice(0, 80)}"`);
  left.old -= uses[0];
  left.new -= uses[1];
  if (left.old < 0 || left.new < 0) throw problem('mail-wrapped', name, 'a hunk is longer than it says');
  return line === '' ? ' ' : line;
};
