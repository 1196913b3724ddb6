// SPDX-License-Identifier: MIT
import { parsePatchFile } from '@uio-msi/series';
import { expect, it } from 'vitest';
import { broken, patchText, type RevisionOptions } from '../../../testing/revision.js';
import { resend } from './resend.js';

const posted = async (sent: string | null = '2026-10-20T00:00:00Z') => ({
  earlier: [
    {
      number: 1,
      sent,
      messageIds: [],
      patches: [await parsePatchFile('v1.mbox#1', patchText({ notes: 'v1: x' }))],
    },
  ],
});
const again = async (options: RevisionOptions, sent?: string | null) =>
  broken(resend, { resend: true, ...options }, await posted(sent));

it('lets a new version be posted, and not one that was', async () => {
  expect(await broken(resend, { number: 2 }, await posted())).toEqual([]);
  expect(await broken(resend, {}, await posted())).toEqual(['series: v1 was posted already']);
});

it('lets the same be sent again after a week, whatever is below its ---', async () => {
  expect(await again({})).toEqual([]);
});

it.each([
  ['2026-10-25T00:00:01Z', 'series: it was posted 6 days ago'],
  [
    '2026-12-25T00:00:00Z',
    'series: it was posted on 2026-12-25T00:00:00Z, which is yet to come: set the clock',
  ],
  [null, 'MISS series: nothing says when it was posted'],
])('finds one that is too early, posted %s', async (sent, what) => {
  expect(await again({}, sent)).toEqual([what]);
});

it('finds what has changed, what was not there, and what is gone', async () => {
  expect(await again({ patches: [{ message: 'Other words.' }] })).toEqual(['0001.patch: it has changed']);
  expect(await again({ patches: [{}, { subject: 'uio: more' }] })).toEqual(['0002.patch: it was not in v1']);
  expect(await again({ patches: [{ subject: 'uio: more' }] })).toEqual([
    '0001.patch: it was not in v1',
    'series: "uio: lock the minor numbers" was posted and is gone',
  ]);
});

it('does not know without what was posted', async () => {
  expect(await again({ number: 3 })).toEqual([
    'MISS series: v3, which is to be sent again, is not in the archive',
  ]);
});
