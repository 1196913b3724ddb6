// SPDX-License-Identifier: MIT
import { UserError } from '../errors.js';

/** A value expression, ready to be evaluated for a vector. */
export type Expression = (vector: number) => number;

/** Binary operators with C's precedence: the higher, the tighter. */
const OPERATORS: Readonly<Record<string, { precedence: number; apply: (a: bigint, b: bigint) => bigint }>> = {
  '|': { precedence: 1, apply: (a, b) => a | b },
  '^': { precedence: 2, apply: (a, b) => a ^ b },
  '&': { precedence: 3, apply: (a, b) => a & b },
  '<<': { precedence: 4, apply: (a, b) => a << b },
  '>>': { precedence: 4, apply: (a, b) => a >> b },
  '+': { precedence: 5, apply: (a, b) => a + b },
  '-': { precedence: 5, apply: (a, b) => a - b },
  '*': { precedence: 6, apply: (a, b) => a * b },
};

const TOKEN = /\s*(0x[0-9a-f]+|\d+|vec\b|<<|>>|[-+*&|^()])/iy;
const MOST = 0xffff_ffffn;

type Node = (vector: bigint) => bigint;

/**
 * Compiles an expression over integers and `vec`, with C's operators `| ^ & << >> + - *` and
 * parentheses: `1 << (20 + vec)`. Its value is checked to fit 32 bits each time, so that nothing
 * else reaches a register.
 * @throws UserError at compilation, saying what was expected where; at evaluation, when out of range.
 */
export const compileExpression = (source: string): Expression => {
  const tokens = tokenise(source);
  let at = 0;
  const fail = (expected: string): never => {
    const found = tokens[at] === undefined ? 'its end' : `'${tokens[at]}'`;
    throw new UserError(`Expression '${source}': expected ${expected}, found ${found}`);
  };
  const operand = (): Node => {
    const token = tokens[at] ?? fail("a number, 'vec' or '('");
    if (token === '(') {
      at++;
      const inner = operation(0);
      if (tokens[at] !== ')') fail("')'");
      at++;
      return inner;
    }
    if (!/^(\d|vec$)/i.test(token)) fail("a number, 'vec' or '('");
    at++;
    if (token.toLowerCase() === 'vec') return (vector) => vector;
    const number = BigInt(token);
    return () => number;
  };
  const operation = (loosest: number): Node => {
    let left = operand();
    for (;;) {
      const operator = OPERATORS[tokens[at] ?? ''];
      if (operator === undefined || operator.precedence < loosest) return left;
      at++;
      const [a, b] = [left, operation(operator.precedence + 1)];
      left = (vector) => operator.apply(a(vector), b(vector));
    }
  };
  const root = operation(0);
  if (at < tokens.length) fail('an operator');
  return (vector) => inRange(source, vector, root(BigInt(vector)));
};

const tokenise = (source: string): string[] => {
  const tokens: string[] = [];
  const token = new RegExp(TOKEN);
  while (token.lastIndex < source.trimEnd().length) {
    const start = token.lastIndex;
    const match = token.exec(source);
    if (match === null)
      throw new UserError(`Expression '${source}': '${source.slice(start).trim()}' is no token`);
    tokens.push(match[1] ?? '');
  }
  return tokens;
};

const inRange = (source: string, vector: number, value: bigint): number => {
  if (value < 0n || value > MOST) {
    throw new UserError(
      `Expression '${source}' is ${value} for vector ${vector}: it does not fit a 32-bit register`,
    );
  }
  return Number(value);
};
