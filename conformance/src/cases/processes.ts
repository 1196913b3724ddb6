// SPDX-License-Identifier: MIT
import type { Bench } from '../bench/bench.js';
import { armAll, armFresh, expectDelivery } from '../bench/delivery.js';
import { expectEqual } from '../bench/expect.js';
import { defineCase } from './define.js';

const expectUsable = (bench: Bench): void => {
  const file = bench.open();
  expectDelivery(bench, 0, armFresh(bench, file, 0, 'the eventfd of the next open'));
};

const inherited = defineCase({
  id: 'life.inherited',
  title: 'a file inherited through fork and exec keeps its vectors armed until that process ends',
  clauses: ['LIFE-05', 'LIFE-06'],
  needs: ['provoker'],
  run: async (bench) => {
    const file = bench.open();
    armAll(bench, file);
    const holder = await bench.actors.spawnHolder(file);
    bench.close(file);
    expectEqual(
      'vectors armed while the other process holds the file',
      bench.rig.armedVectors().size,
      bench.vectors.length,
    );
    await holder.kill();
    expectEqual('vectors armed after that process was killed', bench.rig.armedVectors().size, 0);
    expectUsable(bench);
  },
});

const killed = defineCase({
  id: 'life.killed-while-armed',
  title: 'SIGKILL of a process that armed every vector disarms them',
  clauses: ['LIFE-06'],
  needs: ['provoker'],
  run: async (bench) => {
    const owner = await bench.actors.spawn(['arm', bench.rig.uio().node, String(bench.vectors.length)]);
    expectEqual('vectors armed by the other process', bench.rig.armedVectors().size, bench.vectors.length);
    await owner.kill();
    expectEqual('vectors armed after it was killed', bench.rig.armedVectors().size, 0);
    expectUsable(bench);
  },
});

export const processCases = [inherited, killed];
