// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { broken } from '../../../testing/revision.js';
import { prerequisites } from './prerequisites.js';

const judge = (...needed: { series: string; posted: number | null; differs: string[] }[]) =>
  broken(prerequisites, {}, { prerequisites: needed });

it('lets through what needs nothing, or what was posted as it is', async () => {
  expect(await judge()).toEqual([]);
  expect(await judge({ series: 'minor', posted: 2, differs: [] })).toEqual([]);
});

it('finds what nobody else has, and what is another one since', async () => {
  expect(
    await judge(
      { series: 'minor', posted: null, differs: [] },
      { series: 'other', posted: 2, differs: ['uio: x'] },
    ),
  ).toEqual([
    'minor: the series needs it, and it was never posted: nobody else can apply this',
    'other: "uio: x" is not what was posted in v2, and the series is made for what is here',
  ]);
});
