// SPDX-License-Identifier: MIT
import { UserError } from '../errors.js';

/** What names in an expression stand for: `vec`, and what a provoker has read from its device. */
export type Names = Readonly<Record<string, number>>;

/** A value expression, ready to be evaluated. */
export interface Expression {
  readonly source: string;
  /** The names that it uses. */
  readonly names: ReadonlySet<string>;
  /** Its value, which may be of any size. Throws UserError when a shift or a value on the way is out of bounds. */
  evaluate(names: Names): bigint;
}

/** The longest expression: its parts nest no deeper than it has characters. */
const LONGEST = 200;

/** Values on the way to the result: far beyond a register, and far from what would take memory. */
const MOST = 1n << 128n;
const MOST_SHIFT = 63n;

/** Binary operators with C's precedence: the higher, the tighter. */
const OPERATORS: Readonly<Record<string, { precedence: number; apply: (a: bigint, b: bigint) => bigint }>> = {
  '|': { precedence: 1, apply: (a, b) => a | b },
  '^': { precedence: 2, apply: (a, b) => a ^ b },
  '&': { precedence: 3, apply: (a, b) => a & b },
  '<<': { precedence: 4, apply: (a, b) => a << shiftBy(b) },
  '>>': { precedence: 4, apply: (a, b) => a >> shiftBy(b) },
  '+': { precedence: 5, apply: (a, b) => a + b },
  '-': { precedence: 5, apply: (a, b) => a - b },
  '*': { precedence: 6, apply: (a, b) => a * b },
};

const TOKEN = /\s*(0x[0-9a-f]+\b|\d+\b|[a-z_][a-z0-9_]*|<<|>>|[-+*&|^()])/iy;

type Node = (names: Names) => bigint;

/**
 * Compiles an expression over integers and names, with C's operators `| ^ & << >> + - *` and
 * parentheses: `1 << (20 + vec)`.
 * @throws UserError saying what was expected where.
 */
export const compileExpression = (source: string): Expression => {
  if (source.length > LONGEST)
    throw new UserError(`An expression of ${source.length} characters: expected ${LONGEST} at most`);
  const tokens = tokenise(source);
  const used = new Set<string>();
  let at = 0;
  const fail = (expected: string): never => {
    const found = tokens[at] === undefined ? 'its end' : `'${tokens[at]}'`;
    throw new UserError(`Expression '${source}': expected ${expected}, found ${found}`);
  };
  const operand = (): Node => {
    const token = tokens[at] ?? fail("a number, a name or '('");
    if (token === '(') {
      at++;
      const inner = operation(0);
      if (tokens[at] !== ')') fail("')'");
      at++;
      return inner;
    }
    if (!/^[a-z0-9_]/i.test(token)) fail("a number, a name or '('");
    at++;
    if (/^\d/.test(token)) {
      const number = BigInt(token);
      return () => number;
    }
    used.add(token);
    return (names) =>
      BigInt((Object.hasOwn(names, token) ? names[token] : undefined) ?? unknown(source, token));
  };
  const operation = (loosest: number): Node => {
    let left = operand();
    for (;;) {
      const operator = OPERATORS[tokens[at] ?? ''];
      if (operator === undefined || operator.precedence < loosest) return left;
      at++;
      const [a, b] = [left, operation(operator.precedence + 1)];
      left = (names) => bounded(source, operator.apply(a(names), b(names)));
    }
  };
  const root = operation(0);
  if (at < tokens.length) fail('an operator');
  return { source, names: used, evaluate: root };
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

const shiftBy = (bits: bigint): bigint => {
  if (bits < 0n || bits > MOST_SHIFT)
    throw new UserError(`A shift by ${bits}: expected 0 to ${MOST_SHIFT} bits`);
  return bits;
};

const bounded = (source: string, value: bigint): bigint => {
  if (value > MOST || value < -MOST)
    throw new UserError(`Expression '${source}': expected values of 128 bits at most on the way`);
  return value;
};

const unknown = (source: string, name: string): never => {
  throw new UserError(`Expression '${source}': nothing was read as '${name}'`);
};
