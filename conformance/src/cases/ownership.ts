// SPDX-License-Identifier: MIT
import { armAll, armFresh } from '../bench/delivery.js';
import { expectEqual } from '../bench/expect.js';
import { expectTriggered } from '../bench/software.js';
import { O_RDONLY, O_RDWR } from '../sys/constants.js';
import { defineCase } from './define.js';

const secondOpen = defineCase({
  id: 'own.second-open',
  title: 'a second open fails with EBUSY and changes nothing for the first',
  clauses: ['LIFE-08'],
  run: (bench) => {
    const file = bench.open();
    const counters = armAll(bench, file);
    for (const flags of [O_RDWR, O_RDONLY, O_RDWR])
      expectEqual(`a second open, flags ${flags}`, bench.tryOpen(flags), 'EBUSY');
    expectEqual('num_armed afterwards', file.info().armed, bench.vectors.length);
    expectEqual('bus mastering afterwards', bench.rig.configSpace().busMaster, true);
    counters.slice(0, 4).forEach((counter, vector) => {
      expectTriggered(bench, file, vector, counter, counters);
    });
    bench.close(file);
    bench.open();
  },
});

const otherProcess = defineCase({
  id: 'own.other-process',
  title: 'a process that opens the file while another has it gets EBUSY; when that one is killed it can',
  clauses: ['LIFE-08', 'LIFE-06', 'LIFE-10'],
  scope: 'driver',
  run: async (bench) => {
    const { node } = bench.rig.uio();
    const owner = await bench.actors.spawn(['arm', node, String(bench.vectors.length)]);
    expectEqual('an open while another process has the file', bench.tryOpen(), 'EBUSY');
    await owner.kill();
    const file = bench.open();
    expectEqual('num_armed after the owner was killed', file.info().armed, 0);
    const other = await bench.actors.attempt(['arm', node, '1']);
    expectEqual('an open by another process while this one has the file', other.said, 'open EBUSY');
  },
});

const child = defineCase({
  id: 'own.inherited',
  title: 'a file that a child inherited stays open, and a second open fails, until the child ends',
  clauses: ['LIFE-05', 'LIFE-08', 'LIFE-10'],
  run: async (bench) => {
    const file = bench.open();
    armAll(bench, file);
    const holder = await bench.actors.spawnHolder(file);
    bench.close(file);
    expectEqual('an open while the child has the file', bench.tryOpen(), 'EBUSY');
    expectEqual('vectors armed meanwhile', bench.rig.armedVectors().size, bench.vectors.length);
    await holder.kill();
    expectEqual('num_armed after the child ended', bench.open().info().armed, 0);
  },
});

const duplicate = defineCase({
  id: 'own.duplicate',
  title: 'a duplicated descriptor is the same file: what is set through one is seen through the other',
  clauses: ['LIFE-09'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    const copy = bench.dup(file);
    const first = armFresh(bench, file, 0, 'the eventfd set through the first descriptor');
    const second = bench.counter('the eventfd set through the copy');
    expectTriggered(bench, copy, 0, first, [first, second]);
    copy.arm(0, second);
    expectTriggered(bench, file, 0, second, [first, second]);
    file.mask(0);
    copy.disarm(0);
    file.expect('ENOENT', 'unmask', 0);
    bench.close(file);
    expectEqual('an open while the copy is there', bench.tryOpen(), 'EBUSY');
    copy.arm(0, first);
    expectTriggered(bench, copy, 0, first, [first, second]);
  },
});

const passed = defineCase({
  id: 'own.passed-on',
  title: 'a descriptor sent over a socket keeps the file open on its way, and works where it arrives',
  clauses: ['LIFE-05', 'LIFE-09'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    const counter = armFresh(bench, file, 0);
    const [from, to] = bench.sys.socketPair();
    bench.closeLater(from);
    bench.closeLater(to);
    bench.sys.sendDescriptor(from, file.fd);
    bench.close(file);
    expectEqual('an open while the descriptor is on its way', bench.tryOpen(), 'EBUSY');
    expectEqual('vectors armed meanwhile', [...bench.rig.armedVectors().keys()].join(' '), '0');
    const arrived = bench.adopt(bench.sys.receiveDescriptor(to));
    expectTriggered(bench, arrived, 0, counter);
    bench.close(arrived);
    expectEqual('num_armed after the last close', bench.open().info().armed, 0);
  },
});

const mapped = defineCase({
  id: 'own.mapped',
  title: 'a mapping keeps the file open when its last descriptor is closed',
  clauses: ['LIFE-05', 'LIFE-10'],
  mode: 'raw',
  run: (bench) => {
    const [map] = bench.rig.uio().maps;
    if (map === undefined) return;
    const file = bench.open();
    file.arm(0, bench.counter('the eventfd'));
    const { pageSize } = bench.sys;
    const address = bench.sys.mmap(file.fd, pageSize, map.index * pageSize);
    bench.close(file);
    const outcome = bench.tryOpen();
    const armed = bench.rig.armedVectors().size;
    bench.sys.munmap(address, pageSize);
    expectEqual('an open while a mapping is left', outcome, 'EBUSY');
    expectEqual('vectors armed meanwhile', armed, 1);
    expectEqual('num_armed after the mapping went', bench.open().info().armed, 0);
  },
});

const failed = defineCase({
  id: 'own.failed-open',
  title: 'an open that failed leaves nothing behind, however often',
  clauses: ['LIFE-08', 'KRN-01'],
  scope: 'driver',
  run: (bench) => {
    const file = bench.open();
    for (let n = 0; n < 100; n++) expectEqual(`second open ${n + 1}`, bench.tryOpen(), 'EBUSY');
    bench.close(file);
    bench.open();
  },
});

export const ownershipCases = [secondOpen, otherProcess, child, duplicate, passed, mapped, failed];
