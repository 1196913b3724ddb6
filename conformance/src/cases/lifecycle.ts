// SPDX-License-Identifier: MIT
import { armAll, armFresh, expectDelivery, expectQuiet } from '../bench/delivery.js';
import { expectEqual } from '../bench/expect.js';
import { defineCase } from './define.js';

const lastClose = defineCase({
  id: 'life.last-close',
  title: 'the last close disarms every vector',
  clauses: ['LIFE-02'],
  run: (bench) => {
    const file = bench.open();
    armAll(bench, file);
    expectEqual('vectors armed before the close', bench.rig.armedVectors().size, bench.vectors.length);
    bench.close(file);
    expectEqual('vectors armed after the last close', bench.rig.armedVectors().size, 0);
  },
});

const cleanReopen = defineCase({
  id: 'life.clean-reopen',
  title: 'a later open starts with no vector armed and works',
  clauses: ['LIFE-03'],
  needs: ['provoker'],
  run: (bench) => {
    const first = bench.open();
    const before = armAll(bench, first);
    expectDelivery(bench, 0, before[0] ?? bench.counter('none'), before);
    bench.close(first);

    const second = bench.open();
    expectEqual('vectors armed after the open', bench.rig.armedVectors().size, 0);
    const counter = armFresh(bench, second, 0, 'the eventfd of the later open');
    expectDelivery(bench, 0, counter, [counter, ...before]);
    expectQuiet(bench, before, 'Only the later open armed a vector');
  },
});

const dup = defineCase({
  id: 'life.dup',
  title: 'a duplicated descriptor keeps the file open and its vectors armed',
  clauses: ['LIFE-05'],
  needs: ['provoker'],
  run: (bench) => {
    const file = bench.open();
    const counter = armFresh(bench, file, 0);
    const copy = bench.dup(file);
    bench.close(file);
    expectDelivery(bench, 0, counter);
    copy.disarm(0);
    copy.arm(0, counter);
    bench.close(copy);
    expectEqual('vectors armed after both descriptors are closed', bench.rig.armedVectors().size, 0);
  },
});

const ROUNDS = 50;

/** Every last close may reset the device, which takes a second on some: three rounds, then until this is over. */
const ROUNDS_MS = 4000;
const FEWEST_ROUNDS = 3;

const openClose = defineCase({
  id: 'life.many-opens',
  title: 'many rounds of open, arm, close leave nothing behind',
  clauses: ['LIFE-02', 'LIFE-03'],
  run: (bench) => {
    const counter = bench.counter('the eventfd of every vector');
    const start = performance.now();
    for (let round = 1; round <= ROUNDS; round++) {
      if (round > FEWEST_ROUNDS && performance.now() - start > ROUNDS_MS) return;
      const file = bench.open();
      for (const vector of bench.vectors.slice(-8)) file.arm(vector, counter);
      bench.close(file);
      expectEqual(`vectors armed after round ${round}`, bench.rig.armedVectors().size, 0);
    }
  },
});

export const lifecycleCases = [lastClose, cleanReopen, dup, openClose];
