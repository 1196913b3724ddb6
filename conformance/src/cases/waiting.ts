// SPDX-License-Identifier: MIT
import { takeCount } from '../bench/counter.js';
import { ARRIVAL_MS, armFresh } from '../bench/delivery.js';
import { expectEqual, expectThat } from '../bench/expect.js';
import { awaitSleeper } from '../bench/sleepers.js';
import { POLLIN } from '../sys/constants.js';
import { defineCase } from './define.js';

const poll = defineCase({
  id: 'irq.wakes-poll',
  title: 'an interrupt wakes a thread that sleeps in poll',
  clauses: ['IRQ-10'],
  needs: ['provoker'],
  run: async (bench) => {
    const file = bench.open();
    const counter = armFresh(bench, file, 0);
    const sleeper = bench.sys.pollAsync([{ fd: counter.fd, events: POLLIN }], ARRIVAL_MS);
    awaitSleeper(bench.sys, 'poll');
    bench.raise(0);
    const [events] = await sleeper;
    expectEqual('events of the sleeping poll', events, POLLIN);
    expectEqual('the eventfd', takeCount(bench.sys, counter), 1);
  },
});

const epoll = defineCase({
  id: 'irq.wakes-epoll',
  title: 'an interrupt wakes a thread that sleeps in epoll',
  clauses: ['IRQ-10'],
  needs: ['provoker'],
  run: async (bench) => {
    const file = bench.open();
    const counter = armFresh(bench, file, 0);
    const epoll = bench.closeLater(bench.sys.epollOf(counter.fd));
    expectThat(!bench.sys.epollWait(epoll, 0), 'epoll reports the eventfd before any interrupt');
    const sleeper = bench.sys.epollWaitAsync(epoll, ARRIVAL_MS);
    awaitSleeper(bench.sys, 'epoll', epoll);
    bench.raise(0);
    expectThat(await sleeper, `epoll reports nothing ${ARRIVAL_MS} ms after an interrupt`);
    expectEqual('the eventfd', takeCount(bench.sys, counter), 1);
    expectThat(!bench.sys.epollWait(epoll, 0), 'epoll still reports the eventfd after it was read');
  },
});

export const waitingCases = [poll, epoll];
