// SPDX-License-Identifier: MIT

const MARK = />8|8<|>%|%</;
const CUT = />8|8<|>%|%<|-/g;

// Where the message ends, as in patch/parts.ts.
const END = /^(?:---\s*|--- \S.*|diff -.*|Index: .*)$/;

// What is below is a mail of its own, as somebody puts it into another; without, a message may well be
// about scissors, and git am leaves it alone unless told otherwise.
const HEADER = /^\s*(?:From|Subject|Date):/i;
const LONGEST = 200;

/**
 * What is below the last scissors line of a mail, when headers follow it: what is above is for people,
 * and not for the commit (git-am(1), --scissors).
 */
export const belowScissors = (text: string): string => {
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf('\n', at) + 1 || text.length;
    const line = text.slice(at, next).trim();
    at = next;
    if (isScissors(line)) {
      if (HEADER.test(text.slice(next, next + LONGEST))) from = next;
    } else if (END.test(line)) break;
  }
  return text.slice(from);
};

// A line that is mainly scissors and perforation, of at least 8 characters: what else is on it, such
// as "cut here", is less than that.
const isScissors = (line: string): boolean => {
  if (line.length < 8 || line.length > 200 || !MARK.test(line)) return false;
  const words = line.replace(CUT, '').replace(/\s+/g, '').length;
  return words < (line.match(CUT) ?? []).join('').length * 2;
};
