// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import {
  addFigures,
  countOperations,
  createRecorder,
  NO_FIGURES,
  type Outcomes,
  showFigures,
  unexpectedOutcomes,
  wantedInVain,
} from './figures.js';

const some = { outcomes: { open: { success: 2, EBUSY: 3 } }, raised: 4, received: 3 };
const more = { outcomes: { open: { EBUSY: 1, EIO: 2 }, close: { success: 1 } }, raised: 1, received: 0 };
const sum = {
  outcomes: { open: { success: 2, EBUSY: 4, EIO: 2 }, close: { success: 1 } },
  raised: 5,
  received: 3,
};

it('adds figures up, and leaves what it was given alone', () => {
  expect(addFigures(some, more)).toEqual(sum);
  expect(addFigures(NO_FIGURES, some)).toEqual(some);
  expect(some.outcomes.open.EBUSY).toBe(3);
  expect(countOperations(sum)).toBe(9);
});

it('tells errors that an operation may not give, and operations that nobody knows', () => {
  const operations = [{ name: 'open', mayFail: ['EBUSY'] }];
  expect(unexpectedOutcomes(sum, operations)).toEqual(['open gave EIO 2 times, which it may not']);
  expect(unexpectedOutcomes({ ...NO_FIGURES, outcomes: { x: { EIO: 1 } } }, [])).toHaveLength(1);
  expect(unexpectedOutcomes({ ...NO_FIGURES, outcomes: { x: { success: 1 } } }, [])).toEqual([]);
});

it('tells what was tried often and never succeeded, unless it cannot', () => {
  const operations = [
    { name: 'open', mayFail: ['EBUSY'] },
    { name: 'map', mayFail: ['EINVAL'], succeeds: 'in raw mode' },
    { name: 'read', mayFail: ['EAGAIN'], succeeds: 'nowhere' },
  ] as const;
  const judge = (outcomes: Outcomes, inRawMode = true) =>
    wantedInVain({ outcomes, raised: 0, received: 0 }, operations, inRawMode);
  expect(judge({ open: { EBUSY: 1000 } })).toEqual(['open was tried 1000 times, always in vain']);
  expect(judge({ open: { EBUSY: 999 } })).toEqual([]);
  expect(judge({ open: { EBUSY: 5000, success: 1 } })).toEqual([]);
  expect(judge({ map: { EINVAL: 1000 } })).toHaveLength(1);
  expect(judge({ map: { EINVAL: 1000 } }, false)).toEqual([]);
  expect(judge({ read: { EAGAIN: 1000 } })).toEqual([]);
});

it('tells a run that did nothing, and one in which no interrupt arrived', () => {
  expect(wantedInVain(NO_FIGURES, [], true)).toEqual(['no operation was done']);
  const raised = { ...some, raised: 1000, received: 0 };
  expect(wantedInVain(raised, [], true)).toEqual(['1000 interrupts were raised, and no event was received']);
  expect(wantedInVain({ ...raised, received: 1 }, [], true)).toEqual([]);
});

it('shows each operation with its outcomes, the most frequent first', () => {
  expect(showFigures(sum)).toEqual([
    'close              1  success 1',
    'open               8  EBUSY 4, success 2, EIO 2',
  ]);
});

it('notes what happens until it is taken', () => {
  const recorder = createRecorder();
  recorder.count('open', 'success');
  recorder.count('open', 'success');
  recorder.raised();
  recorder.received(3);
  expect(recorder.take()).toEqual({ outcomes: { open: { success: 2 } }, raised: 1, received: 3 });
  expect(recorder.take()).toEqual(NO_FIGURES);
});
