// SPDX-License-Identifier: MIT
import type { Bench } from '../bench/bench.js';
import { VECTOR_OPERATIONS, type VectorOperation } from '../uapi/uio-msi.js';
import { defineCase } from './define.js';

const OPERATIONS = Object.keys(VECTOR_OPERATIONS) as VectorOperation[];

/** Tries every operation on a vector and expects the same outcome. */
const expectAll = (bench: Bench, vectors: readonly number[], errno: string): void => {
  const file = bench.open();
  for (const operation of OPERATIONS) for (const vector of vectors) file.expect(errno, operation, vector);
  bench.close(file);
};

const range = defineCase({
  id: 'ops.vector-range',
  title: 'masking, unmasking or triggering a vector that the device does not have: ERANGE',
  clauses: ['OPS-10'],
  scope: 'driver',
  run: (bench) => {
    const { vectors } = bench.rig;
    expectAll(
      bench,
      [vectors, vectors + 1, 0xffff, 0x10000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff],
      'ERANGE',
    );
  },
});

const notArmed = defineCase({
  id: 'ops.not-armed',
  title: 'masking, unmasking or triggering a vector that is not armed, or no longer: ENOENT',
  clauses: ['OPS-11'],
  // MSI keeps the interrupt of a vector that was disarmed.
  scope: 'type',
  run: (bench) => {
    expectAll(bench, bench.vectors, 'ENOENT');
    const file = bench.open();
    file.arm(0, bench.counter('the eventfd'));
    file.mask(0);
    file.disarm(0);
    for (const operation of OPERATIONS) file.expect('ENOENT', operation, 0);
  },
});

export const vectorNumberCases = [range, notArmed];
