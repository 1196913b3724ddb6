// SPDX-License-Identifier: MIT

const HEADER =
  /^(?:diff --git |index |(?:old|new|new file|deleted file) mode |(?:dis)?similarity index |(?:rename|copy) (?:from|to) |--- |\+\+\+ |GIT binary patch|Binary files |\\ )/;
const HUNK = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/;

// What a line of a hunk uses up; an empty one is a context line that lost its space.
const USES: Readonly<Record<string, readonly [old: number, now: number]>> = {
  ' ': [1, 1],
  '': [1, 1],
  '-': [1, 0],
  '+': [0, 1],
  '\\': [0, 0],
};

// Nobody can take these for a line of a hunk that is longer than it says.
const BEHIND = /^(?:-- ?|---|[^ +\-\\@].*)?$/;

/**
 * Where the changes of a diff end, and what git, b4 and lists put behind them begins: `base-commit:` and
 * the like, greetings, signatures. Linear in the length.
 *
 * @returns the length of the diff, when something in it is not what its hunks say
 */
export const endOfChanges = (diff: string): number => {
  const left = { old: 0, now: 0 };
  let end = 0;
  for (let at = 0; at < diff.length; ) {
    const next = diff.indexOf('\n', at) + 1 || diff.length;
    const line = diff.slice(at, next).replace(/\n$/, '');
    at = next;
    if (left.old > 0 || left.now > 0) {
      const uses = USES[line.slice(0, 1)];
      if (!uses) return diff.length;
      left.old -= uses[0];
      left.now -= uses[1];
      if (left.old < 0 || left.now < 0) return diff.length;
      end = next;
      continue;
    }
    const hunk = HUNK.exec(line);
    if (hunk) Object.assign(left, { old: Number(hunk[1] ?? 1), now: Number(hunk[2] ?? 1) });
    if (hunk || HEADER.test(line) || !BEHIND.test(line)) end = next;
  }
  return left.old > 0 || left.now > 0 ? diff.length : end;
};
