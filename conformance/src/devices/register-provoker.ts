// SPDX-License-Identifier: MIT
import type { DeviceModel } from './device.js';
import { compileExpression } from './expression.js';

/** One 32-bit write to a register; `value` is an expression of `vec`. */
export interface RegisterWrite {
  readonly offset: number;
  readonly value: string;
}

/** A provoker as data: what to write to which register of one BAR. */
export interface RegisterProvoker {
  readonly bar: number;
  readonly setUp?: readonly RegisterWrite[];
  readonly raise: readonly RegisterWrite[];
  readonly acknowledge?: readonly RegisterWrite[];
  readonly quiesce?: readonly RegisterWrite[];
}

/** Turns the data into the actions. Expressions are compiled here: a wrong one fails at once. */
export const registerProvoker = (data: RegisterProvoker): DeviceModel['provoker'] => {
  const phase = (writes: readonly RegisterWrite[] = []) =>
    writes.map(({ offset, value }) => ({ offset, evaluate: compileExpression(value) }));
  const phases = {
    setUp: phase(data.setUp),
    raise: phase(data.raise),
    acknowledge: phase(data.acknowledge),
    quiesce: phase(data.quiesce),
  };
  return (registers) => {
    const write = (name: keyof typeof phases, vector: number) => {
      const values = phases[name].map(({ offset, evaluate }) => ({ offset, value: evaluate(vector) }));
      for (const { offset, value } of values) registers.write32(data.bar, offset, value);
    };
    return {
      setUp: () => write('setUp', 0),
      raise: (vector) => write('raise', vector),
      acknowledge: (vector) => write('acknowledge', vector),
      quiesce: () => write('quiesce', 0),
    };
  };
};
