// SPDX-License-Identifier: MIT
import { parsePatchFile } from '@uio-msi/series';
import { expect, it } from 'vitest';
import { broken, patchText } from '../../../testing/revision.js';
import { droppedTrailers } from './dropped-trailers.js';

const SIGNED = 'Signed-off-by: Jane Roe <jane@kernelhackers.dev>';
const REVIEWED = 'Reviewed-by: Rex Viewer <rex@kernelhackers.dev>';
const v1 = async () => ({
  earlier: [
    {
      number: 1,
      sent: null,
      messageIds: [],
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

it('wants nothing of a first version', async () => {
  expect(await broken(droppedTrailers)).toEqual(['skipped']);
});
