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
      cover: null,
      recipients: ['list@kernelhackers.dev'],
      patches: [await parsePatchFile('v1.mbox#1', patchText({ notes: 'v1: x' }))],
    },
  ],
});
const LIST = { name: '', address: 'LIST@kernelhackers.dev' };
const again = async (options: RevisionOptions, sent?: string | null, resent: string | null = null) =>
  broken(resend, { resend: true, ...options }, { ...(await posted(sent)), resent });

it('lets a new version be posted, and not one that was', async () => {
  expect(await broken(resend, { number: 2 }, await posted())).toEqual([]);
  expect(await broken(resend, {}, await posted())).toEqual(['series: v1 was posted already']);
});

it('lets it be sent again once', async () => {
  const options = { patches: [{ notes: 'v1: x' }], to: [LIST] };
  expect(await again(options, undefined, '2026-10-28T00:00:00Z')).toEqual([
    'series: v1 was sent again already, on 2026-10-28T00:00:00Z',
  ]);
});

it('lets the same be sent again after a week, and to more people', async () => {
  expect(await again({ patches: [{ notes: 'v1: x' }], to: [LIST] })).toEqual([]);
});

it.each([
  ['2026-10-25T00:00:01Z', 'series: it was posted 6 days ago'],
  [
    '2026-12-25T00:00:00Z',
    'series: it was posted on 2026-12-25T00:00:00Z, which is yet to come: set the clock',
  ],
  [null, 'MISS series: nothing says when it was posted'],
])('finds one that is too early, posted %s', async (sent, what) => {
  expect(await again({ patches: [{ notes: 'v1: x' }], to: [LIST] }, sent)).toEqual([what]);
});

it('finds what has changed, what was not there, and what is gone', async () => {
  expect(await again({ to: [LIST], patches: [{ message: 'Other words.' }] })).toEqual([
    '0001.patch: it has changed',
  ]);
  expect(
    await again({ to: [LIST], patches: [{ notes: 'v1: x' }, { subject: 'uio: more' }], cover: null }),
  ).toEqual(['0002.patch: it was not in v1']);
  expect(await again({ to: [LIST], patches: [{ subject: 'uio: more' }] })).toEqual([
    '0001.patch: it was not in v1',
    'series: "uio: lock the minor numbers" was posted and is gone',
  ]);
});

it('finds what is said or sent to otherwise, and not what is written anew each time', async () => {
  expect(await again({ to: [LIST] })).toEqual(['0001.patch: what is below its --- has changed']);
  const patches = [{ notes: 'v1: x' }];
  expect(await again({ patches })).toEqual(['list@kernelhackers.dev: v1 went there, and this does not']);
  expect(await again({ patches, to: [LIST], cover: 'Please.\n' })).toEqual(['cover letter: it has changed']);
  const { earlier } = await posted();
  const before = earlier.map((one) => ({
    ...one,
    cover: 'Please.\n\nJane Roe (1):\n  uio: x\n\n-- \n2.39\n',
  }));
  const told = {
    resend: true,
    patches,
    to: [LIST],
    cover: 'Please.\n\nJane Roe (1):\n  uio: x\n\n a | 1 +\n',
  };
  expect(await broken(resend, told, { earlier: before })).toEqual([]);
});

it('does not know without what was posted', async () => {
  expect(await again({ number: 3 })).toEqual([
    'MISS series: v3, which is to be sent again, is not in the archive',
  ]);
});
