// SPDX-License-Identifier: MIT
import { mapRegisters } from '../bench/bars.js';
import { modelOfRecord } from '../devices/table.js';
import { type Hands, letGo } from './hands.js';
import { DELICATE, rebindTarget } from './rebind.js';

/** Vectors raised without a pause, in one go. */
const BURST = 40;

/** One burst in so many ends with the device taken from the driver, where only this process may. */
const REBIND = 0.05;

/**
 * Raises vectors of the device whose file is in hand, at random, and gives the file up: a mapping
 * would keep everyone else from opening it. Another process may take the device away meanwhile; then
 * the next register that is touched ends this process with SIGBUS, as it should.
 */
export const provoke = (hands: Hands): void => {
  const { sys, roots, random, recorder, plan, target, file } = hands;
  const model = modelOfRecord(target.model);
  if (model === null || file === null) return;
  const registers = mapRegisters({ sys, roots, bdf: target.bdf, fd: () => file });
  try {
    const provoker = model.provoker(registers);
    provoker.setUp([]);
    for (let i = 0; i < BURST; i++) {
      const vector = random.below(target.vectors);
      provoker.acknowledge(vector);
      provoker.raise(vector);
      recorder.raised();
    }
    provoker.quiesce();
  } finally {
    registers.release();
  }
  if (plan.without.includes('rebind')) return;
  if (DELICATE.includes(model.name) && random.chance(REBIND)) {
    letGo(hands);
    rebindTarget(hands, target);
  }
};
