// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { findArch } from './arches.js';
import { findMachine } from './machines.js';

describe.each([
  ['findArch', findArch, 'x86_64'],
  ['findMachine', findMachine, 'msix'],
] as const)('%s', (_, find, known) => {
  it('finds what there is', () => {
    expect(find(known).name).toBe(known);
  });

  it.each(['vax', 'constructor', ''])('refuses %j and says what there is', (name) => {
    expect(() => find(name)).toThrow(
      expect.objectContaining({ exitCode: 2, next: `choose one of: ${known}` }),
    );
  });
});
