// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { waiversFor } from './waivers.js';

const waiver = { tool: 'sparse', kind: 'warning', why: 'it does not know guards', until: '2027-03-31' };

it('hold until their day has ended everywhere', () => {
  const at = (time: string) => waiversFor({ waivers: [waiver] }, '7.2', new Date(time))[0]?.expired;
  expect(at('2026-11-22T12:00:00Z')).toBe(false);
  expect(at('2027-04-01T11:59:59Z')).toBe(false);
  expect(at('2027-04-01T12:00:00Z')).toBe(true);
});

it('are for the lines that they name, or all', () => {
  const now = new Date(0);
  const of = (line: string) => waiversFor({ waivers: [waiver, { ...waiver, kernels: ['6.12'] }] }, line, now);
  expect(of('7.2')).toEqual([{ ...waiver, expired: false }]);
  expect(of('6.12')).toHaveLength(2);
  expect(waiversFor({}, '7.2', now)).toEqual([]);
});
