// SPDX-License-Identifier: MIT
// Real eventfds, and devices that are made up: what the suite says of each, and that it comes to an end.
import { afterEach, expect, it } from 'vitest';
import { parseConfigSpace } from '../pci/config-space.js';
import { createLinuxSys } from '../sys/linux.js';
import { unsigned32 } from '../uapi/struct.js';
import type { Bench } from './bench.js';
import type { Counter } from './counter.js';
import { armFresh, expectDelivery, expectQuiet } from './delivery.js';
import type { UioFile } from './uio-file.js';

const sys = createLinuxSys();
const made: number[] = [];
afterEach(() => {
  for (const fd of made.splice(0)) sys.close(fd);
});

const counter = (label = 'the eventfd'): Counter => {
  const fd = sys.eventfd(0);
  made.push(fd);
  return { fd, label };
};

const COMMAND = 4;
const BUS_MASTER = 0x4;

/** A device whose vector 0 signals an eventfd so many times when it is raised, and when it is armed. */
const device = (signals: { raised?: number; armed?: number }, config = healthy()) => {
  const target = counter();
  const signal = (times = 0) => {
    if (times > 0) sys.write(target.fd, unsigned32(times, 0));
  };
  const bench = {
    sys,
    rig: {
      armedVectors: () => new Map([[0, { irq: '27', count: signals.raised ?? 0 }]]),
      configSpace: () => parseConfigSpace(config),
      hasLine: () => false,
    },
    counter: () => target,
    raise: () => signal(signals.raised),
    isPending: () => null,
  } as unknown as Bench;
  const file = { arm: () => signal(signals.armed) } as unknown as UioFile;
  return { bench, file, target };
};

const healthy = (): Uint8Array => {
  const bytes = new Uint8Array(64);
  bytes[COMMAND] = BUS_MASTER;
  return bytes;
};

it('takes one signal for one interrupt', () => {
  const { bench, file } = device({ raised: 1, armed: 3 });
  expectDelivery(bench, 0, armFresh(bench, file, 0));
});

it('says of a device that never interrupts what the kernel counted', () => {
  const { bench, target } = device({ raised: 0 });
  expect(() => expectDelivery(bench, 0, target)).toThrow(
    /^Vector 0 was raised, but the eventfd was not signalled within 2000 ms\. \/proc\/interrupts counts 0 for vector 0 \(irq 27\)$/,
  );
});

it.each([
  ['answers nothing but ones', 'without power, or was pulled out', new Uint8Array(64).fill(0xff)],
  ['may not master the bus', 'took bus mastering from it', new Uint8Array(64)],
])('says of a device that %s that this is why', (_, why, config) => {
  const { bench, target } = device({ raised: 0 }, config);
  expect(() => expectDelivery(bench, 0, target)).toThrow(why);
});

it('does not wait for the end of interrupts without end', () => {
  const { bench, file, target } = device({ raised: 70_000, armed: 70_000 });
  const start = performance.now();
  expect(() => expectDelivery(bench, 0, armFresh(bench, file, 0))).toThrow(
    'Vector 0 was raised once: signals on the eventfd: got 70000, expected 1',
  );
  bench.raise(0);
  expect(() => expectQuiet(bench, [target], 'It is disarmed')).toThrow('expected silence');
  expect(performance.now() - start).toBeLessThan(1000);
});
