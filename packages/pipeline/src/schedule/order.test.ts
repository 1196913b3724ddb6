// SPDX-License-Identifier: MIT
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { fakeCell } from '../../test/fake-cell.js';
import { inLanes, lanesOf } from './order.js';

const SECONDS: Readonly<Record<string, number | null>> = { a: 10, b: 300, c: 0, d: null, e: 40 };
const expected = ({ key }: { key: string }) => SECONDS[key[0] ?? ''] ?? null;
const cell = (name: string, folder = name) => ({ ...fakeCell(), key: name, folder });

it('begins with what takes no time, then with the longest', () => {
  const lanes = lanesOf(
    ['a', 'b', 'c', 'd', 'e'].map((name) => cell(name)),
    expected,
  );
  expect(lanes.flat().map(({ key }) => key)).toEqual(['c', 'd', 'b', 'e', 'a']);
});

it('keeps cells of one folder in one lane, in their order, and its time is theirs together', () => {
  const lanes = lanesOf([cell('a1', 'x'), cell('e'), cell('e2', 'x')], expected);
  expect(lanes.map((lane) => lane.map(({ key }) => key))).toEqual([['a1', 'e2'], ['e']]);
});

it('does so many at once and no more', async () => {
  let now = 0;
  let most = 0;
  const done: number[] = [];
  await inLanes([1, 2, 3, 4, 5], 2, async (item) => {
    now += 1;
    most = Math.max(most, now);
    await sleep(5);
    now -= 1;
    done.push(item);
  });
  expect([most, done.length]).toEqual([2, 5]);
});

it('begins nothing after a failure, and tells it when the others have ended', async () => {
  const ended: number[] = [];
  const work = async (item: number) => {
    if (item === 1) throw new Error('one');
    await sleep(10);
    ended.push(item);
  };
  await expect(inLanes([1, 2, 3], 2, work)).rejects.toThrow('one');
  expect(ended).toEqual([2]);
});
