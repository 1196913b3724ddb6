// SPDX-License-Identifier: MIT
import { STANDARD_MACHINES } from '@uio-msi/machine';
import { expect, it } from 'vitest';
import { elsewhereAt } from './depth.js';

const at = (depth: 'quick' | 'standard', machines: readonly string[], machine: string) =>
  elsewhereAt({ depth, machines }, machine);

it('leaves to the machines before one what they have', () => {
  expect(at('quick', STANDARD_MACHINES, 'msix')).toEqual([]);
  expect(at('quick', STANDARD_MACHINES, 'mixed')).toEqual(['driver', 'msix']);
});

it('leaves nothing to machines that are not booted, and nothing in a run that is not quick', () => {
  expect(at('quick', ['mixed'], 'mixed')).toEqual([]);
  expect(at('standard', STANDARD_MACHINES, 'mixed')).toEqual([]);
});
