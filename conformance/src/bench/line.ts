// SPDX-License-Identifier: MIT
import type { Bench } from './bench.js';
import { awaitCount, type Counter, takeCount } from './counter.js';
import { ARRIVAL_MS, armFresh, expectQuiet } from './delivery.js';
import { expectEqual } from './expect.js';
import type { UioFile } from './uio-file.js';

/** A file of a device that interrupts by its line, with its vector armed. */
export interface Line {
  readonly file: UioFile;
  readonly counter: Counter;
}

/** Opens the device, and arms its line. */
export const armLine = (bench: Bench): Line => {
  bench.useLine();
  const file = bench.open();
  return { file, counter: armFresh(bench, file, 0) };
};

/** Whether the device may drive its line: bit DisINTx of its command register. */
export const expectMayDrive = (bench: Bench, when: string, expected: boolean): void =>
  expectEqual(`the device may drive its line ${when}`, !bench.rig.configSpace().intx?.disabled, expected);

/** Expects one event, read from the counter, and no second one soon. */
export const expectOne = (bench: Bench, counter: Counter, what: string): void => {
  awaitCount(bench.sys, counter, 1, ARRIVAL_MS);
  expectEqual(`${what}: events`, takeCount(bench.sys, counter), 1);
  expectQuiet(bench, [counter], what);
};
