// SPDX-License-Identifier: MIT
import { SuiteError } from '../errors.js';
import { compileExpression, type Expression, type Names } from './expression.js';
import { OF_A_VECTOR, PHASES, type ProvokerFile, type Step } from './provoker-file.js';

/** A step that reaches a register, with its numbers. */
export interface Access {
  readonly offset: number;
  readonly value: number;
  readonly mask: number;
}

/** A step that reaches a register, ready to be computed. */
export interface Reach {
  readonly step: Exclude<Step, { kind: 'pause' }>;
  /** All the names that its expressions use. */
  readonly names: ReadonlySet<string>;
  /** @throws UserError when a number does not fit the register, or the register the BAR. */
  compute(names: Names): Access;
  /** @throws OutOfBounds when one of its numbers is, of those that these names are enough to compute */
  check(names: Names): void;
}

const ALL_ONES = { 8: 0xff, 16: 0xffff, 32: 0xffff_ffff } as const;

/** Compiles the expressions of a step, and holds what they come to against the BAR and the width. */
export const compileReach = (step: Reach['step'], bars: ProvokerFile['bars']): Reach => {
  const { bar, width } = step;
  const ones = ALL_ONES[width];
  const bytes = width / 8;
  const size = BigInt(bars[bar] ?? 0);
  const offset = compileExpression(step.offset);
  const value = step.kind === 'read' ? null : compileExpression(step.value);
  const mask = step.kind === 'read' || step.mask === null ? null : compileExpression(step.mask);
  const inRegister = (field: Field, expression: Expression | null, names: Names, absent: number): number => {
    if (expression === null) return absent;
    const result = evaluate(field, expression, names);
    if (result < 0n || result > BigInt(ones))
      throw new OutOfBounds(
        field,
        `${expression.source} is ${result}: it does not fit a register of ${width} bits`,
      );
    return Number(result);
  };
  const offsetAt = (names: Names): number => {
    const place = evaluate('offset', offset, names);
    if (place < 0n || place + BigInt(bytes) > size)
      throw new OutOfBounds(
        'offset',
        `offset ${offset.source} is ${hex(place)}: expected one inside BAR ${bar}, of ${size} bytes`,
      );
    if (place % BigInt(bytes) !== 0n)
      throw new OutOfBounds(
        'offset',
        `offset ${offset.source} is ${hex(place)}: expected a multiple of ${bytes}`,
      );
    return Number(place);
  };
  const valueAt = (names: Names): number => inRegister('value', value, names, 0);
  const maskAt = (names: Names): number => inRegister('mask', mask, names, ones);
  const requireWithin = (some: number, which: number): void => {
    if ((some & ~which) !== 0)
      throw new OutOfBounds('value', `value ${hex(some)} has bits outside the mask ${hex(which)}`);
  };
  return {
    step,
    names: new Set([offset, value, mask].flatMap((expression) => [...(expression?.names ?? [])])),
    compute: (names) => {
      const access = { offset: offsetAt(names), value: valueAt(names), mask: maskAt(names) };
      requireWithin(access.value, access.mask);
      return access;
    },
    check: (names) => {
      const isKnown = (expression: Expression | null) =>
        [...(expression?.names ?? [])].every((name) => Object.hasOwn(names, name));
      if (isKnown(offset)) offsetAt(names);
      const some = isKnown(value) ? valueAt(names) : null;
      const which = isKnown(mask) ? maskAt(names) : null;
      if (some !== null && which !== null) requireWithin(some, which);
    },
  };
};

/** What of a step has a number; the offset is what its kind names. */
type Field = 'offset' | 'value' | 'mask';

/** Thrown when a number is out of bounds: nothing has been written then by the step. */
export class OutOfBounds extends SuiteError {
  override readonly name = 'OutOfBounds';
  readonly exitCode = 2;
  readonly field: Field;

  constructor(field: Field, message: string) {
    super(message);
    this.field = field;
  }
}

const evaluate = (field: Field, expression: Expression, names: Names): bigint => {
  try {
    return expression.evaluate(names);
  } catch (error) {
    throw error instanceof SuiteError ? new OutOfBounds(field, error.message) : error;
  }
};

/** What is out of bounds in a file, and in which field of which step. */
export interface BoundsProblem {
  readonly step: Step;
  /** Its name in the file. */
  readonly field: string;
  readonly message: string;
}

/** The first thing out of bounds of each step, over all vectors. What depends on the device cannot be told. Pure. */
export const boundsProblems = (file: ProvokerFile): readonly BoundsProblem[] =>
  PHASES.flatMap((phase) =>
    file[phase].flatMap((step) => {
      if (step.kind === 'pause') return [];
      const reach = compileReach(step, file.bars);
      const vectors = OF_A_VECTOR.has(phase) && reach.names.has('vec') ? file.vectors : 1;
      for (let vec = 0; vec < vectors; vec++) {
        try {
          reach.check({ vec });
        } catch (error) {
          if (!(error instanceof OutOfBounds)) throw error;
          const field = error.field === 'offset' ? step.kind : error.field;
          const message = `${reach.names.has('vec') ? `for vector ${vec}: ` : ''}${error.message}`;
          return [{ step, field, message }];
        }
      }
      return [];
    }),
  );

const hex = (value: bigint | number): string => (value < 0 ? String(value) : `0x${value.toString(16)}`);
