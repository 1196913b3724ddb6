// SPDX-License-Identifier: MIT
import { expect, it, vi } from 'vitest';
import { mayInstall } from './consent.js';

const caller = { yes: false, terminal: false, root: false, ask: async () => false };

it.each([
  ['--yes', { yes: true }, true],
  ['root without a terminal', { root: true }, true],
  ['a user without a terminal', {}, false],
  ['a person who agrees', { terminal: true, ask: async () => true }, true],
  ['root at a terminal who does not', { terminal: true, root: true }, false],
])('%s', async (_, who, expected) => {
  expect(await mayInstall({ ...caller, ...who }, ['flex'])).toBe(expected);
});

it('asks nobody when --yes was given, and names the packages when it asks', async () => {
  const ask = vi.fn(async () => true);
  await mayInstall({ ...caller, yes: true, terminal: true, ask }, ['flex']);
  expect(ask).not.toHaveBeenCalled();
  await mayInstall({ ...caller, terminal: true, ask }, ['flex', 'bison']);
  expect(ask).toHaveBeenCalledWith(expect.stringContaining('flex bison'));
});
