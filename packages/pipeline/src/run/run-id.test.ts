// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { isRunId, runId } from './run-id.js';

it('is the start in UTC and sorts by time', () => {
  const id = runId(new Date('2026-11-22T08:15:00.123Z'));
  expect(id).toMatch(/^20261122T081500Z-[0-9a-f]{4}$/);
  expect(isRunId(id)).toBe(true);
  expect(id < runId(new Date('2026-11-22T08:15:01Z'))).toBe(true);
});

it.each(['', '..', '../20261122T081500Z-3f2a', '20261122T081500Z-3f2a/..', 'latest'])(
  'refuses %j',
  (text) => {
    expect(isRunId(text)).toBe(false);
  },
);
