// SPDX-License-Identifier: MIT
import { parsePatchFile } from '@uio-msi/series';
import { expect, it } from 'vitest';
import { broken, patchText } from '../../../testing/revision.js';
import { authorship } from './authorship.js';
import { droppedTrailers } from './dropped-trailers.js';
import { signOff } from './sign-off.js';

const SIGNED = 'Signed-off-by: Jane Roe <jane@kernelhackers.dev>';
const REVIEWED = 'Reviewed-by: Rex Viewer <rex@kernelhackers.dev>';
const v1 = async () => ({
  earlier: [
    {
      number: 1,
      sent: null,
      messageIds: [],
      cover: null,
      recipients: [],
      patches: [await parsePatchFile('v1.mbox#1', patchText({ trailers: [SIGNED, REVIEWED] }))],
    },
  ],
});
const judge = async (trailers: string[], notes = '', cover: string | null = null, subject?: string) =>
  broken(
    droppedTrailers,
    { number: 2, cover, patches: [{ trailers, notes, ...(subject === undefined ? {} : { subject }) }] },
    await v1(),
  );

it('lets a trailer stay, be written another way, or be dropped with a word', async () => {
  expect(await judge([SIGNED, REVIEWED])).toEqual([]);
  expect(await judge([SIGNED, 'reviewed-by: rex <REX@kernelhackers.dev>'])).toEqual([]);
  expect(await judge([SIGNED], "v2: dropped Rex Viewer's Reviewed-by: the lock is another one")).toEqual([]);
  expect(
    await judge([SIGNED], '', 'Changes since v1:\n- dropped the review of rex@kernelhackers.dev\n'),
  ).toEqual([]);
});

it('finds one that is gone without a word, also from a patch with a new subject', async () => {
  const gone =
    '0001.patch: Reviewed-by of Rex Viewer <rex@kernelhackers.dev> is gone, and no changelog says why';
  expect(await judge([SIGNED], 'v2: the lock is another one')).toEqual([gone]);
  expect(await judge([SIGNED], '', null, 'uio: take a lock around minors')).toEqual([gone]);
  expect(await judge([SIGNED, REVIEWED.replace('Reviewed', 'Acked')])).toEqual([gone]);
});

it('wants person and tag in what this version says, not elsewhere', async () => {
  const gone = [expect.stringContaining('Reviewed-by of Rex Viewer')];
  for (const notes of [
    'v2:\n- Rex Viewer found a typo',
    'v2:\n- dropped the Reviewed-by of Rex Viewerson',
    'v2:\n- dropped the Reviewed-by of trex@kernelhackers.dev',
    'v2:\n- dropped a Reviewed-by\n- thanks to Rex Viewer',
    'v3:\n- dropped the Reviewed-by of Rex Viewer',
    "Rex Viewer's Reviewed-by",
  ])
    expect(await judge([SIGNED], notes), notes).toEqual(gone);
  expect(await judge([SIGNED], 'v2:\n- dropped the Reviewed-by of\n  Rex Viewer, whom it is new to')).toEqual(
    [],
  );
});

it.each([
  ['dropped-trailers', droppedTrailers],
  ['authorship', authorship],
  ['sign-off', signOff],
] as const)('%s knows nothing without the version before', async (_, rule) => {
  const patches = [{ trailers: [SIGNED, REVIEWED] }];
  expect(await broken(rule, { number: 3, patches }, await v1())).toEqual([
    'MISS series: v2 is not in the archive to compare with',
  ]);
});

it('wants nothing of a first version', async () => {
  expect(await broken(droppedTrailers)).toEqual(['skipped']);
});
