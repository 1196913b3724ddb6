// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { entryFor, parseChangelog, renderChangelog } from './changelog.js';

it('reads what is said of each revision', () => {
  const changelog = parseChangelog('Tried on hardware.\n\nv3: rebased\nv2:\n - one\n   more\n - two\n');
  expect(changelog.preface).toBe('Tried on hardware.');
  expect(changelog.entries).toEqual([
    { revision: 3, text: 'rebased' },
    { revision: 2, text: ' - one\n   more\n - two' },
  ]);
  expect(entryFor(changelog, 2)).toBe(' - one\n   more\n - two');
  expect(entryFor(changelog, 4)).toBe('');
});

it.each([
  ['V2:', 2],
  ['Changes in v2:', 2],
  ['Change in v2:', 2],
  ['v1 -> v2:', 2],
  ['Changes v1->v2', 2],
  ['Changes since v1:', 2],
  ['## Changes since v1', 2],
])('takes %j for a heading', (heading, revision) => {
  expect(parseChangelog(`${heading}\n- a`).entries).toEqual([{ revision, text: '- a' }]);
});

it.each(['v2 is better than v1', '- v2: a', 'see v2', '    v2:'])('takes %j for text', (line) => {
  expect(parseChangelog(line).entries).toEqual([]);
});

it.each(['', 'only words', 'v2: new patch', 'v3:\n - a\nv2:\n - b', 'words\nv2:\n - b', 'v2:\n one\n two'])(
  'writes %j as it was',
  (notes) => {
    expect(renderChangelog(parseChangelog(notes))).toBe(notes);
  },
);
