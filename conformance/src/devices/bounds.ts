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
  const inRegister = (expression: Expression | null, names: Names, absent: number): number => {
    if (expression === null) return absent;
    const result = expression.evaluate(names);
    if (result < 0n || result > BigInt(ones))
      throw new OutOfBounds(`${expression.source} is ${result}: it does not fit a register of ${width} bits`);
    return Number(result);
  };
  return {
    step,
    names: new Set([offset, value, mask].flatMap((expression) => [...(expression?.names ?? [])])),
    compute: (names) => {
      const place = offset.evaluate(names);
      if (place < 0n || place + BigInt(bytes) > size)
        throw new OutOfBounds(
          `offset ${offset.source} is ${hex(place)}: expected one inside BAR ${bar}, of ${size} bytes`,
        );
      if (place % BigInt(bytes) !== 0n)
        throw new OutOfBounds(`offset ${offset.source} is ${hex(place)}: expected a multiple of ${bytes}`);
      const access = {
        offset: Number(place),
        value: inRegister(value, names, 0),
        mask: inRegister(mask, names, ones),
      };
      if ((access.value & ~access.mask) !== 0)
        throw new OutOfBounds(`value ${hex(access.value)} has bits outside the mask ${hex(access.mask)}`);
      return access;
    },
  };
};

/** Thrown when a number is out of bounds: nothing has been written then by the step. */
export class OutOfBounds extends SuiteError {
  override readonly name = 'OutOfBounds';
  readonly exitCode = 2;
}

/** The first thing out of bounds of each step, over all vectors. What depends on the device cannot be told. Pure. */
export const boundsProblems = (
  file: ProvokerFile,
): readonly { readonly step: Step; readonly message: string }[] =>
  PHASES.flatMap((phase) =>
    file[phase].flatMap((step) => {
      if (step.kind === 'pause') return [];
      const reach = compileReach(step, file.bars);
      if ([...reach.names].some((name) => name !== 'vec')) return [];
      const vectors = OF_A_VECTOR.has(phase) && reach.names.has('vec') ? file.vectors : 1;
      for (let vec = 0; vec < vectors; vec++) {
        try {
          reach.compute({ vec });
        } catch (error) {
          if (!(error instanceof SuiteError)) throw error;
          return [
            { step, message: `${reach.names.has('vec') ? `for vector ${vec}: ` : ''}${error.message}` },
          ];
        }
      }
      return [];
    }),
  );

const hex = (value: bigint | number): string => (value < 0 ? String(value) : `0x${value.toString(16)}`);
