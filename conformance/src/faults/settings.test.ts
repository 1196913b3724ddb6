// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { findFunction } from './settings.js';

const KALLSYMS = `ffffffff81000030 T third
ffffffff81000010 t first
ffffffff81000020 T second
ffffffff81000020 T its_alias
`;

describe('findFunction', () => {
  it('gives where a function begins and what comes next, whatever the order and the names', () => {
    expect(findFunction(KALLSYMS, 'first')).toEqual({
      start: '0xffffffff81000010',
      end: '0xffffffff81000020',
    });
    expect(findFunction(KALLSYMS, 'second')).toEqual({
      start: '0xffffffff81000020',
      end: '0xffffffff81000030',
    });
  });

  it('finds nothing that is not there, is last, or is hidden from who asks', () => {
    expect(findFunction(KALLSYMS, 'fourth')).toBeNull();
    expect(findFunction(KALLSYMS, 'third')).toBeNull();
    expect(findFunction('0000000000000000 T first\n0000000000000000 T second\n', 'first')).toBeNull();
  });
});
