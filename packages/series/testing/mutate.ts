// SPDX-License-Identifier: MIT
import fc from 'fast-check';

// Where an attack would want to write, and what file systems take for something else.
const PATHS = [
  '../x',
  '../../../../tmp/uio-msi-evil',
  '/etc/passwd',
  '.git/hooks/post-checkout',
  '.GIT/config',
  'a/.git/config',
  'git~1/config',
  'x/../../y',
  'con',
  '/dev/stdin',
  '/dev/null',
  'a\u0000b',
  'a\\b',
  '"a\\000b"',
  'a'.repeat(5000),
  '.',
  '',
];

// Lines that mean something to somebody who reads a patch or a mail.
const LINES = [
  '---',
  '--- a',
  '-- ',
  '2.39.5',
  '',
  'From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001',
  'From: "a" <a@b> <c@d>',
  'Subject: =?utf-8?b?////?=',
  'Subject: [[[[[[[[[[[[[[[[[[[[',
  'Date: Thu, 99 Foo 99999 99:99:99 +9999',
  'Content-Transfer-Encoding: base64',
  'Content-Transfer-Encoding: quoted-printable',
  'Content-Type: multipart/mixed; boundary="x"',
  '--x',
  'diff --git a/x b/x',
  'diff --git "a/\\056\\056/x" "b/\\056\\056/x"',
  'new file mode 120000',
  'new file mode 160000',
  'deleted file mode 100644',
  'old mode 100644',
  'similarity index 100%',
  'rename from a',
  'rename to ../../a',
  'copy to .git/x',
  'index 0..1 120000',
  '--- /dev/null',
  '+++ b/../x',
  '@@ -1,999999999 +1,999999999 @@',
  '@@ -0,0 +1 @@',
  '@@ -99999999999999999999,1 +1,1 @@',
  '\\ No newline at end of file',
  'GIT binary patch',
  'Binary files a/x and b/x differ',
  'v2:',
  `+${'x'.repeat(70_000)}`,
  '\u202e\ufeff\u0000',
  'a\r',
];

// What a pattern with two repetitions side by side takes quadratic time for, or worse.
const TOKENS = [
  ...' \t\n-<>[]:"|=?_@',
  'x',
  '[PATCH ',
  'From x 1:11:11 ',
  'From: ',
  ' | 1 + ',
  '1:11:11 ',
  '=?utf-8?q?a?= ',
  ', ',
  '\\"',
  '-- \n',
  'Re: ',
  'v2: ',
];

/** Lines that a repetition stands in; it makes up the rest of the line, or is before an `x`. */
export const REPEATED: readonly string[] = [
  '',
  ' ',
  ' x',
  'From ',
  'From: ',
  'Subject: ',
  'Cc: ',
  '---',
  '-- ',
  'v2',
].flatMap((before) =>
  TOKENS.flatMap((token) => [`${before}${token.repeat(50_000)}`, `${before}${token.repeat(50_000)}x`]),
);

type Mutation = (lines: string[]) => string[];

const at = (lines: readonly string[], position: number): number => Math.floor(position * lines.length);

const position = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

const MUTATIONS: fc.Arbitrary<Mutation>[] = [
  // One character or token, 50,000 times.
  fc.tuple(position, fc.constantFrom(...REPEATED)).map(
    ([where, line]) =>
      (lines) =>
        lines.toSpliced(at(lines, where), 0, line),
  ),
  // A line more, less, twice, elsewhere.
  fc.tuple(position, fc.constantFrom(...LINES)).map(
    ([where, line]) =>
      (lines) =>
        lines.toSpliced(at(lines, where), 0, line),
  ),
  fc.tuple(position, fc.nat(40)).map(
    ([where, count]) =>
      (lines) =>
        lines.toSpliced(at(lines, where), count),
  ),
  fc.tuple(position, position).map(
    ([from, to]) =>
      (lines) =>
        lines.toSpliced(at(lines, to), 0, lines[at(lines, from)] ?? ''),
  ),
  // The end is missing.
  position.map((where) => (lines) => lines.slice(0, at(lines, where))),
  // A character is another.
  fc
    .tuple(position, position, fc.string({ maxLength: 3, unit: 'binary' }))
    .map(([where, column, text]) => (lines) => {
      const line = lines[at(lines, where)] ?? '';
      const cut = Math.floor(column * line.length);
      return lines.with(
        Math.min(at(lines, where), Math.max(0, lines.length - 1)),
        line.slice(0, cut) + text + line.slice(cut + 1),
      );
    }),
  // A path leads elsewhere, everywhere or in one line.
  fc.tuple(fc.constantFrom(...PATHS), fc.boolean(), position).map(([path, all, where]) => (lines) => {
    const only = lines.findIndex((line, i) => i >= at(lines, where) && /\b[ab]\/\S/.test(line));
    return lines.map((line, i) =>
      all || i === only ? line.replace(/\b([ab])\/[^\s"]+/g, (_, side) => `${side}/${path}`) : line,
    );
  }),
  // A number is another.
  fc
    .tuple(position, fc.constantFrom('0', '-1', '4294967296', '1e9', '007'))
    .map(([where, number]) => (lines) => {
      const only = lines.findIndex((line, i) => i >= at(lines, where) && /\d/.test(line));
      return lines.map((line, i) => (i === only ? line.replace(/\d+/, number) : line));
    }),
];

/** Texts made of some by a few mutations of lines, paths, numbers and characters. */
export const mutated = (texts: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...texts), fc.array(fc.oneof(...MUTATIONS), { minLength: 1, maxLength: 4 }))
    .map(([text, mutations]) =>
      mutations
        .reduce((lines, mutate) => (lines.length === 0 ? lines : mutate(lines)), text.split('\n'))
        .join('\n'),
    );
