// SPDX-License-Identifier: MIT

const FROM = /^--- (\S.*)$/;
const TO = /^\+\+\+ (\S.*)$/;
const HUNK = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/;

// What diff, quilt and CVS put above: it says nothing that the two lines below do not.
const ABOVE = /^(?:Index: .*|=+|diff -.*|RCS file: .*|retrieving revision .*)$/;

// As diff(1) dates a file that is not there (has_epoch_timestamp() in git's apply.c).
const EPOCH = /\s(?:1969-12-31|1970-01-01) \d\d:\d\d:\d\d/;

/**
 * A text in which changes of diff(1) and quilt, which have no `diff --git` line, have one, so that
 * there is one kind of patch to read. As git apply takes them, with -p1.
 *
 * @returns the same text when there is a git diff in it, or no diff at all
 */
export const withGitHeaders = (text: string): string => {
  if (/^diff --git /m.test(text) || !/^--- \S.*\n\+\+\+ \S.*\n@@ -/m.test(text)) return text;
  const left = { old: 0, now: 0 };
  const done: string[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as string;
    if (left.old > 0 || left.now > 0) {
      if (!/^[+\\]/.test(line)) left.old -= 1;
      if (!/^[-\\]/.test(line)) left.now -= 1;
      done.push(line);
      continue;
    }
    const header = headerOf(line, lines[at + 1] ?? '', lines[at + 2] ?? '');
    if (header) {
      while (ABOVE.test(done.at(-1) ?? '')) done.pop();
      done.push(...header);
      at += 1;
      continue;
    }
    const [hunk, old = 1, now = 1] = HUNK.exec(line) ?? [];
    if (hunk) Object.assign(left, { old: Number(old), now: Number(now) });
    done.push(line);
  }
  return done.join('\n');
};

const headerOf = (first: string, second: string, third: string): string[] | null => {
  const from = FROM.exec(first)?.[1];
  const to = TO.exec(second)?.[1];
  if (from === undefined || to === undefined || !HUNK.test(third)) return null;
  const gone = isNothing(to);
  const made = isNothing(from) || third.startsWith('@@ -0,0 ');
  const path = pathIn(gone ? from : to);
  if (path === null) return null;
  return [
    `diff --git a/${path} b/${path}`,
    ...(made ? ['new file mode 100644'] : gone ? ['deleted file mode 100644'] : []),
    `--- ${made ? '/dev/null' : `a/${path}`}`,
    `+++ ${gone ? '/dev/null' : `b/${path}`}`,
  ];
};

const isNothing = (name: string): boolean => /^\/dev\/null(?:\s|$)/.test(name) || EPOCH.test(name);

// Without its date, and without its first folder: `linux-6.12.orig/drivers/uio/uio.c`.
const pathIn = (name: string): string | null => {
  const [whole = ''] = name.split(/\t| +\d{4}-\d\d-\d\d /);
  const cut = whole.indexOf('/');
  return cut === -1 ? null : whole.slice(cut + 1).trimEnd();
};
