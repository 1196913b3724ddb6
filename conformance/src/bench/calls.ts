// SPDX-License-Identifier: MIT

import { unsigned32 } from '../uapi/struct.js';
import {
  type Extensible,
  GET_INFO,
  INFO_SIZE,
  irqSetBlock,
  irqVec,
  SET_BLOCK,
  VECTOR_OPERATIONS,
} from '../uapi/uio-msi.js';
import type { Bench } from './bench.js';
import { expectEqual, type Outcome } from './expect.js';
import { createMemory } from './memory.js';
import { descriptors } from './software.js';
import type { UioFile } from './uio-file.js';

/** An operation with an argument for which it succeeds while vector 0 is armed. */
export interface Call {
  readonly operation: Extensible;
  readonly argument: Uint8Array;
}

/** Numbers of the first two 32-bit fields. */
export const ARGSZ = 0;
export const FLAGS = 1;

/** A file with vector 0 armed, and every operation whose structure begins with argsz and flags. */
export const prepareCalls = (bench: Bench): { file: UioFile; calls: Call[] } => {
  const file = bench.open();
  const counter = bench.counter('the eventfd');
  file.arm(0, counter);
  const fds = createMemory(bench).atEnd(descriptors([counter]));
  const calls: Call[] = [
    { operation: GET_INFO, argument: unsigned32(INFO_SIZE, 0, 0, 0, 0, 0) },
    { operation: SET_BLOCK, argument: irqSetBlock(0, 1, fds) },
    ...Object.values(VECTOR_OPERATIONS).map((operation) => ({ operation, argument: irqVec(0) })),
  ];
  return { file, calls };
};

/** Tries an argument on a copy, so that it is the same for the next. */
export const expectOutcome = (
  file: UioFile,
  { operation }: Call,
  what: string,
  argument: Uint8Array,
  expected: Outcome,
) =>
  expectEqual(
    `${operation.name} ${what}`,
    file.ioctl(operation.request, Uint8Array.from(argument)),
    expected,
  );
