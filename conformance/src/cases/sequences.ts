// SPDX-License-Identifier: MIT
import { Failure } from '../bench/verdicts.js';
import { BenchPlayer } from '../model/device.js';
import { EVENTFDS } from '../model/operations.js';
import { defineCase } from './define.js';

/** So few that sequences meet again what they did before. */
const MOST_VECTORS = 4;

const random = defineCase({
  id: 'sequence.random',
  title: 'whatever is done in whatever order, the device does what the model of this specification does',
  clauses: [
    ...['IRQ-01', 'IRQ-02', 'IRQ-04', 'IRQ-05', 'IRQ-07', 'IRQ-08', 'IRQ-09', 'IRQ-11', 'IRQ-12'],
    ...['ARG-04', 'ARG-05', 'ARG-06', 'ARG-07', 'ARG-09', 'OPS-09', 'OPS-10', 'OPS-11', 'INFO-05'],
    ...['BLOCK-01', 'BLOCK-02', 'BLOCK-03', 'BLOCK-05', 'BLOCK-06', 'BLOCK-07', 'BLOCK-08', 'BLOCK-09'],
    ...['MASK-01', 'MASK-02', 'MASK-03', 'MASK-04', 'MASK-05', 'MASK-06', 'CTRL-01', 'CTRL-02', 'CTRL-04'],
    ...['TRIGGER-01', 'TRIGGER-02', 'LIFE-02', 'LIFE-03', 'LIFE-08', 'LIFE-10'],
  ],
  needs: ['provoker', 'messages'],
  patience: 2.5,
  run: async (bench) => {
    // With fast-check, which no other case needs.
    const { explore, showFinding } = await import('../model/explore.js');
    const { exploration } = bench.machine;
    const counters = Array.from({ length: EVENTFDS }, (_, at) => bench.counter(`eventfd ${at}`));
    const vectors = Math.min(MOST_VECTORS, bench.vectors.length);
    const finding = explore(exploration, vectors, (use) => {
      const player = new BenchPlayer(bench, counters, vectors);
      try {
        return use(player);
      } finally {
        player.close();
      }
    });
    if (finding !== null) throw new Failure(showFinding(finding, exploration));
  },
});

export const sequenceCases = [random];
