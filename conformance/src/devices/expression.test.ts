// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { compileExpression } from './expression.js';

describe('compileExpression', () => {
  it.each([
    ['vec', 7, 7],
    ['0xFFffFFff', 0, 0xffffffff],
    ['1 << (20 + vec)', 4, 1 << 24],
    ['1 << 31', 0, 0x8000_0000],
    ['3 | vec << 16', 5, 0x50003],
    ['1 + 2 * 3', 0, 7],
    ['(1 + 2) * 3', 0, 9],
    ['10 - 2 - 3', 0, 5],
    ['0xff ^ 0x0f & 0x3c', 0, 0xff ^ (0x0f & 0x3c)],
    ['vec>>1', 9, 4],
    ['0xffffffff ^ (0x1f << 20)', 0, 0xfe0fffff],
  ])('%s with vec %i is %i', (source, vector, value) => {
    expect(compileExpression(source)(vector)).toBe(value);
  });

  it.each([
    ['', "expected a number, 'vec' or '(', found its end"],
    ['1 +', 'found its end'],
    ['(1', "expected ')', found its end"],
    ['1 2', "expected an operator, found '2'"],
    ['1 << vector', "'vector' is no token"],
    ['process.exit()', 'is no token'],
    ['* 2', "found '*'"],
    ['0x', "'x' is no token"],
  ])('refuses "%s": %s', (source, message) => {
    expect(() => compileExpression(source)).toThrow(message);
  });

  it('refuses a value that does not fit a register, before it reaches one', () => {
    const shift = compileExpression('1 << (20 + vec)');
    expect(shift(11)).toBe(0x8000_0000);
    expect(() => shift(12)).toThrow('for vector 12: it does not fit a 32-bit register');
    expect(() => compileExpression('vec - 1')(0)).toThrow('does not fit');
  });
});
