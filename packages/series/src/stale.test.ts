// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { PATCH } from '../testing/series-folder.js';
import { changeDigest } from './patch/digest.js';
import { putTogether, takeApart } from './patch/parts.js';
import { parsePatchFile } from './patch/patch.js';
import { staleVariants } from './stale.js';

const NAME = '0001-a.patch';

const seriesOf = async (now: string, madeFrom?: string) => {
  const replacement = await parsePatchFile(`variants/6.12/${NAME}`, PATCH);
  const of = madeFrom === undefined ? undefined : changeDigest(await parsePatchFile(NAME, madeFrom));
  return {
    patches: [await parsePatchFile(NAME, now)],
    variants: [{ line: '6.12', patch: NAME, of, replacement, why: 'because' }],
  };
};

it('takes no notice of where a change is and of the blobs it is between', async () => {
  const moved = PATCH.replace(/^@@ -(\d+)(.*) \+(\d+)/m, '@@ -10$1$2 +10$3').replace(
    /^index .*$/m,
    `index ${'1'.repeat(40)}..${'2'.repeat(40)} 100644`,
  );
  expect(moved).not.toBe(PATCH);
  expect(staleVariants(await seriesOf(moved, PATCH))).toEqual([]);
});

it.each([
  ['a sign-off', 'Signed-off-by: J Doe <j@example.org>'],
  ['a sign-off with a note', '[j: spelling]\nSigned-off-by: J Doe <j@example.org>'],
  ['what reviewers gave', 'Reviewed-by: J Doe <j@example.org>\nLink: https://example.org/1'],
])('takes no notice of %s', async (_, trailers) => {
  const [without, alone] = ['Signed-off-by: T Est <t@example.org>\n', 'Why it is done.\n'].map((end) =>
    PATCH.replace(/\n\n[\s\S]*?\n---\n/, () => `\n\n${end}---\n`),
  );
  for (const text of [PATCH, without ?? '', alone ?? '']) {
    const parts = takeApart(text);
    const gap = /-by: .*\n$/.test(parts.message) ? '' : '\n';
    const signed = putTogether({ ...parts, message: `${parts.message}${gap}${trailers}\n` });
    expect(staleVariants(await seriesOf(signed, text))).toEqual([]);
    expect(staleVariants(await seriesOf(text, signed))).toEqual([]);
    const said = putTogether({ ...parts, message: `It says more.\n\n${parts.message}` });
    expect(staleVariants(await seriesOf(said, text))).toHaveLength(1);
  }
});

it.each([
  ['what is added', (text: string) => text.replace(/^\+(?!\+)(.*)$/m, '+$1 // more')],
  ['the subject', (text: string) => text.replace(/^(Subject: .*)$/m, '$1 again')],
])('finds a variant whose patch changed in %s, and says what it is now', async (_, edit) => {
  expect(edit(PATCH)).not.toBe(PATCH);
  const series = await seriesOf(edit(PATCH), PATCH);
  const [found, ...others] = staleVariants(series);
  expect(others).toEqual([]);
  expect(found?.variant).toBe(series.variants[0]);
  expect(staleVariants(await seriesOf(edit(PATCH), edit(PATCH)))).toEqual([]);
  expect(found?.now).toMatch(/^[0-9a-f]{16}$/);
  // On a line that has the patch itself nothing is wrong.
  expect(staleVariants(series, series.patches)).toEqual([]);
});

it('compares nothing that nobody noted', async () => {
  expect(staleVariants(await seriesOf(PATCH.replace(/^(Subject: .*)$/m, '$1 again')))).toEqual([]);
});
