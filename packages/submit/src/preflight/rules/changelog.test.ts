// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { broken } from '../../../testing/revision.js';
import { changelog } from './changelog.js';

const two = (notes: string, cover: string | null = 'What it is for.\n') =>
  broken(changelog, { patches: [{ notes }, { subject: 'uio: more', notes }], number: 2, cover });

it.each([
  'v2:\n - lock taken earlier',
  'V1 -> V2: lock taken earlier',
  'Changes since v1:\n- lock',
  '(no changes since v1)',
])('lets through patches that say %j', async (notes) => {
  expect(await two(notes)).toEqual([]);
});

it('lets through a cover letter that says it for all', async () => {
  expect(await two('', 'What it is for.\n\n## Changes since v1\n\n- lock\n')).toEqual([]);
  expect(await two('', 'What it is for.\n\nChanges in v2:\n- lock\n')).toEqual([]);
});

it('finds patches of which nobody says it', async () => {
  const silent = [1, 2].map(
    (n) => `000${n}.patch: neither it nor the cover letter says what has changed since v1`,
  );
  expect(await two('')).toEqual(silent);
  expect(await two('v3:\n - later')).toEqual(silent);
  expect(await two('v2:\n')).toEqual(silent);
  expect(await two('', 'See v2 for the changes.\n')).toEqual(silent);
});

it('is not content with a heading, an empty bullet, or what the cover letter is filled up with', async () => {
  expect(await two('Changes since v1:\n- ')).toHaveLength(2);
  expect(await two('', 'Why.\n\n## Changes since v1\n\n- \n\n## Testing\n\nQEMU.\n')).toHaveLength(2);
  const cover = 'Why.\n\n## Changes since v1\n\nPatch 1, uio: lock: changed\n';
  const patches = [{}, { subject: 'uio: more' }];
  expect(await broken(changelog, { patches, number: 2, cover }, { cover: 'Why.\n' })).toHaveLength(2);
});

it('wants none of a first version', async () => {
  expect(await broken(changelog)).toEqual([]);
});

it('finds one that would become part of the history', async () => {
  const patches = [{ message: 'Why.\n\nChanges since v1:\n- lock', notes: 'v2:\n- lock' }];
  expect(await broken(changelog, { patches, number: 2 })).toEqual([
    '0001.patch: its changelog is part of the commit message',
  ]);
});
