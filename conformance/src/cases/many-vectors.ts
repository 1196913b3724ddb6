// SPDX-License-Identifier: MIT
import { expectArmed } from '../bench/armed.js';
import { takeCount } from '../bench/counter.js';
import { armEach, armFresh, expectDelivery } from '../bench/delivery.js';
import { closeAndSeeGone, makeEventfds } from '../bench/eventfd-numbers.js';
import { expectEqual, expectThat } from '../bench/expect.js';
import { Skip } from '../bench/verdicts.js';
import { defineCase } from './define.js';

const oneByOne = defineCase({
  id: 'many.one-by-one',
  scope: 'device',
  title: 'every vector of a device that has very many delivers in its turn, and has its name',
  clauses: ['ARG-03', 'IRQ-01', 'SYS-05'],
  // Thousands of vectors, one after the other: seconds by itself, a minute on an emulated machine among others.
  patience: 8,
  needs: ['provoker', 'veryManyVectors'],
  run: (bench) => {
    const file = bench.open();
    const counter = bench.counter('the eventfd');
    for (let vector = 0; vector < bench.rig.vectors; vector++) {
      armEach(bench, file, [[vector, counter]]);
      expectDelivery(bench, vector, counter);
      if (vector % 100 === 0 || vector === bench.rig.vectors - 1) {
        expectArmed(bench, file, [vector], `when vector ${vector} alone is armed`);
      }
      file.disarm(vector);
    }
  },
});

/** Eventfds that a refused block must let go of. */
const LENT = 16;

const tooMany = defineCase({
  id: 'many.block-too-large',
  scope: 'device',
  title: 'a block of more vectors than the machine can serve: ENOSPC, and nothing has changed',
  clauses: ['ARG-11', 'BLOCK-06', 'BLOCK-08', 'LIFE-07'],
  needs: ['provoker', 'veryManyVectors'],
  run: (bench) => {
    const file = bench.open();
    const { vectors } = bench.rig;
    const set = armFresh(bench, file, 5, 'the eventfd that was set before');
    const last = armFresh(bench, file, vectors - 1, 'the eventfd of the last vector');
    const fresh = bench.counter('the eventfd of the block');
    const outcome = file.setBlock(0, Array<number>(vectors).fill(fresh.fd));
    if (outcome === 'success') throw new Skip(`this machine serves ${vectors} interrupts`);
    expectEqual(`a block of ${vectors} vectors`, outcome, 'ENOSPC');
    expectEqual('signals on the eventfd of the refused block', takeCount(bench.sys, fresh), 0);
    const expectAsBefore = () => {
      expectArmed(bench, file, [5, vectors - 1], 'after the refused block');
      expectDelivery(bench, 5, set, [set, last, fresh]);
      expectDelivery(bench, vectors - 1, last, [set, last, fresh]);
    };
    expectAsBefore();
    const lent = makeEventfds(bench.sys, LENT);
    const again = file.setBlock(
      0,
      Array.from({ length: vectors }, (_, vector) => lent[vector % LENT]?.fd ?? fresh.fd),
    );
    const kept = closeAndSeeGone(bench.sys, lent).filter((gone) => !gone).length;
    expectEqual('the same once more, with other eventfds', again, 'ENOSPC');
    // Others may take or free some in between; a driver that keeps them keeps all.
    expectThat(kept < LENT, `the refused block named ${LENT} eventfds: the driver keeps a reference to each`);
    expectAsBefore();
    // What was taken for the refused block was given back.
    for (const vector of bench.vectors) if (vector !== 5) file.arm(vector, fresh);
  },
});

export const manyVectorsCases = [oneByOne, tooMany];
