// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { withSeries } from './named.js';

it.each([
  ['./uio-msi series rebase --continue', './uio-msi series rebase --series x --continue'],
  ['see: ./uio-msi submit resume, or', 'see: ./uio-msi submit resume --series x, or'],
  ['./uio-msi series refresh --kernel LINE', './uio-msi series refresh --series x --kernel LINE'],
  ['./uio-msi submit resume --series y', './uio-msi submit resume --series y'],
  ['./uio-msi bisectable', './uio-msi bisectable --series x'],
  ['./uio-msi series list', './uio-msi series list'],
  ['./uio-msi series import t.mbox', './uio-msi series import t.mbox'],
])('%s is about the series that was asked about', (text, expected) => {
  expect(withSeries(text, 'x')).toBe(expected);
  expect(withSeries(text, null)).toBe(text);
});
