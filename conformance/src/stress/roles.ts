// SPDX-License-Identifier: MIT
import type { Borrow } from './loan.js';
import { createOperations, type Operation } from './operations.js';
import { provoke } from './provoke.js';

/** What a process of a run is there for: any operation, or having devices raise vectors. */
export type Role = 'user' | 'provoker';

/** What the provoker does besides: it comes by the file as the others do. */
const SHARED: Readonly<Record<string, number>> = { open: 1, borrow: 4, close: 2 };

/** `hidden`: the device was bound in safe mode meanwhile, and has no registers to write to. */
const RAISE: Operation = {
  name: 'raise',
  weight: 12,
  needsFile: true,
  mayFail: ['hidden', 'ENODEV', 'EINVAL', 'ENOENT', 'EBUSY'],
  succeeds: 'in raw mode',
  run: provoke,
};

/** The operations of a role. */
export const operationsOf = (role: Role, borrow: Borrow): readonly Operation[] => {
  const all = createOperations(borrow);
  if (role === 'user') return all;
  const shared = all.flatMap((operation) => {
    const weight = SHARED[operation.name];
    return weight === undefined ? [] : [{ ...operation, weight }];
  });
  return [...shared, RAISE];
};

/** Every operation of every role, for whoever judges the figures. */
export const ALL_OPERATIONS = (): readonly Operation[] => [...createOperations(() => -1), RAISE];
