// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { paint } from './paint.js';
import { printable } from './printable.js';

it.each([
  ['a title \u001b]0;mine\u0007', 'a title \ufffd]0;mine\ufffd'],
  ['up \u001b[2A\u001b[2K', 'up \ufffd[2A\ufffd[2K'],
  ['over\rwritten', 'over\ufffdwritten'],
  ['hidden \u001b[8m', 'hidden \ufffd[8m'],
  ['8 bit \u009b2J', '8 bit \ufffd2J'],
  ['backwards \u202eSSAP', 'backwards \ufffdSSAP'],
  ['isolated \u2067SSAP\u2069', 'isolated \ufffdSSAP\ufffd'],
])('%j does nothing to a terminal', (text, safe) => {
  expect(printable(text)).toBe(safe);
});

it('leaves lines, tabs and our own colours', () => {
  const text = `${paint('PASS', 'green', true)}\tcell\n  ${paint('bold', 'bold', true)} \u001b[33mSKIP\u001b[0m – ü`;
  expect(printable(text)).toBe(text);
});
