// SPDX-License-Identifier: MIT
import type { StageName } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { remainingOf } from './remaining.js';

const LEFT = [
  { name: 'check', needs: ['source'] },
  { name: 'build', needs: ['apply'] },
  { name: 'inspect', needs: ['build'] },
  { name: 'boot', needs: ['build'] },
] as const;
const took = (seconds: Partial<Record<StageName, number>>) => (stage: StageName) => seconds[stage] ?? null;

it('is the longest way to the end, as what waits for nothing goes on at once', () => {
  expect(remainingOf(LEFT, took({ check: 5, build: 60, inspect: 20, boot: 10 }))).toBe(80);
  expect(remainingOf(LEFT, took({ check: 500, build: 60, inspect: 20, boot: 10 }))).toBe(500);
});

it('is nothing when all have ended, and not known when one of them is not', () => {
  expect(remainingOf([], took({}))).toBe(0);
  expect(remainingOf(LEFT, took({ check: 5, build: 60, inspect: 20 }))).toBeNull();
});
