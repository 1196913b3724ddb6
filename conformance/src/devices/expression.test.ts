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
    expect(compileExpression(source).evaluate({ vec: vector })).toBe(BigInt(value));
  });

  it.each([
    ['', "expected a number, a name or '(', found its end"],
    ['1 +', 'found its end'],
    ['(1', "expected ')', found its end"],
    ['1 2', "expected an operator, found '2'"],
    ['process.exit()', "'.exit()' is no token"],
    ["1 + 'a'", 'is no token'],
    ['* 2', "found '*'"],
    ['0x', "'0x' is no token"],
    ['0xfg', "'0xfg' is no token"],
    ['12ab', "'12ab' is no token"],
    ['('.repeat(201), '201 characters: expected 200 at most'],
  ])('refuses "%s": %s', (source, message) => {
    expect(() => compileExpression(source)).toThrow(message);
  });

  it('knows which names it uses, and wants a value for each', () => {
    const { names, evaluate } = compileExpression('self << 16 | vec');
    expect([...names]).toEqual(['self', 'vec']);
    expect(evaluate({ self: 2, vec: 3 })).toBe(0x20003n);
    expect(() => evaluate({ vec: 3 })).toThrow("nothing was read as 'self'");
    expect(() => compileExpression('constructor').evaluate({})).toThrow("nothing was read as 'constructor'");
  });

  it.each([
    ['1 << 64', 'A shift by 64'],
    ['1 << 0 - 1', 'A shift by -1'],
    ['1 << 99999999999999999999', 'A shift by 9'],
    [Array(50).fill('0xf').join(' << 63 << ').slice(0, 190), 'A shift by|128 bits'],
    [`${'9'.repeat(60)} * 9`, '128 bits'],
  ])('comes to no number that takes memory: %s', (source, message) => {
    expect(() => compileExpression(source).evaluate({})).toThrow(new RegExp(message));
  });
});
