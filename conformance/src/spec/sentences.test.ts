// SPDX-License-Identifier: MIT
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseSpec } from './parse.js';
import { addedLines, headerSentences, sentencesOf } from './sentences.js';

const at = (path: string): URL => new URL(`../../${path}`, import.meta.url);
const series = at('../patches/uio_msi/');
const patches = readdirSync(series)
  .filter((name) => name.endsWith('.patch'))
  .sort()
  .map((name) => readFileSync(new URL(name, series), 'utf8'));
const added = (path: string) => patches.flatMap((patch) => addedLines(patch, path));

const SAID = {
  header: headerSentences(added('include/uapi/linux/uio_msi.h')),
  documentation: sentencesOf(added('Documentation/userspace-api/uio_msi.rst')),
  howto: sentencesOf(added('Documentation/driver-api/uio-howto.rst')),
};
type Part = keyof typeof SAID;

const covered = parse(readFileSync(at('sentences.yaml'), 'utf8')) as Readonly<
  Record<Part, Readonly<Record<string, readonly string[] | string>>>
>;
const clauses = new Set(parseSpec(readFileSync(at('SPEC.md'), 'utf8')).map(({ id }) => id));

describe.each(Object.keys(SAID) as Part[])('the %s and sentences.yaml', (part) => {
  it('is there to be read', () => {
    expect(SAID[part].length).toBeGreaterThan(15);
  });

  it('every sentence has clauses, or says why not, and no other is listed', () => {
    expect(Object.keys(covered[part])).toEqual(SAID[part]);
  });

  it('names clauses that there are, and reasons that are some', () => {
    for (const [sentence, by] of Object.entries(covered[part])) {
      if (typeof by === 'string') expect(by.length, sentence).toBeGreaterThan(6);
      else {
        expect(by.length, sentence).toBeGreaterThan(0);
        expect(
          by.filter((id) => !clauses.has(id)),
          sentence,
        ).toEqual([]);
      }
    }
  });
});

describe('sentencesOf', () => {
  const lines = (text: string) => sentencesOf(text.split('\n'));

  it('takes paragraphs and lists apart, without headings and code', () => {
    const text =
      'Head\n====\n\nOne is\nhere. Two (``x``)\nis. Run::\n\n  # cmd. More\n\n- a\n  b\n- c.\n\n.. note:: x\n   y\n\nThree.';
    expect(lines(text)).toEqual(['One is here.', 'Two (``x``) is.', 'Run::', 'a b', 'c.', 'Three.']);
  });

  it('takes a row of a table as one, with what goes on below, and not its head', () => {
    const [rule, head] = ['==  ====', 'k   v'];
    const rows = 'A   it is\n    so\nB   2';
    expect(lines(`${rule}\n${head}\n${rule}\n${rows}\n${rule}\n\nEnd.`)).toEqual([
      'A | it is so',
      'B | 2',
      'End.',
    ]);
    expect(lines(`${rule}\n${rows}\n${rule}\n\nEnd.`)).toEqual(['A | it is so', 'B | 2', 'End.']);
  });
});

describe('headerSentences', () => {
  it('takes members of structures, and other comments by their sentences', () => {
    const text =
      '/* SPDX x */\n/**\n * struct s - t\n * @a: first\n *\tof all\n * @b: second\n */\n/*\n * It is. It was.\n */\n#endif /* H_ */';
    expect(headerSentences(text.split('\n'))).toEqual([
      's.a: first of all',
      's.b: second',
      'It is.',
      'It was.',
    ]);
  });
});

describe('addedLines', () => {
  it('gives those of one file, and nothing of the mail around', () => {
    const patch =
      '+no\n---\n a | 1 +\n\ndiff --git a/x b/x\n+++ b/x\n@@ -0,0 +1 @@\n+yes\n old\n-gone\ndiff --git a/y b/y\n@@ @@\n+no\n-- \n+no';
    expect(addedLines(patch, 'x')).toEqual(['yes']);
  });
});
