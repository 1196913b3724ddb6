// SPDX-License-Identifier: MIT
import { DEVICES, findMachine } from '@uio-msi/machine';
import type { Depth } from '@uio-msi/model';

/** What a cell is run at when nobody says. */
export const DEFAULT_DEPTH: Depth = 'standard';

/** What a machine of a cell need not run: nothing, unless another does it at depth `quick`. Pure. */
export const elsewhereAt = (
  { depth, machines }: { readonly depth: Depth; readonly machines: readonly string[] },
  machine: string,
): readonly string[] => (depth === 'quick' ? elsewhereOf(machine, machines) : []);

/**
 * What a cell's machine need not run because one before it does: cases of the
 * driver alone, and those that one device of a type of interrupts is enough for. Pure.
 */
const elsewhereOf = (machine: string, machines: readonly string[]): readonly string[] => {
  const before = machines.slice(0, machines.indexOf(machine));
  const types = before.flatMap((name) =>
    findMachine(name).devices.flatMap((device) => {
      const { expected } = DEVICES[device];
      return 'interrupts' in expected ? [expected.interrupts] : [];
    }),
  );
  return before.length === 0 ? [] : ['driver', ...new Set(types)];
};
