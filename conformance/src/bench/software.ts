// SPDX-License-Identifier: MIT
import { unsigned32 } from '../uapi/struct.js';
import type { Bench } from './bench.js';
import { type Counter, signalled, takeCount } from './counter.js';
import { SILENCE_MS } from './delivery.js';
import { expectEqual, expectThat } from './expect.js';
import type { UioFile } from './uio-file.js';

/** Lets messages arrive that the device kept while nothing was armed, and forgets them. */
export const settle = (bench: Bench, counters: readonly Counter[]): void => {
  bench.sys.poll([], SILENCE_MS);
  for (const counter of counters) takeCount(bench.sys, counter);
};

/**
 * Triggers a vector by software and expects one signal on `to` and none on any other counter of
 * `among` (all must be at zero before). The call itself signals: nothing has to be waited for.
 */
export const expectTriggered = (
  bench: Bench,
  file: UioFile,
  vector: number,
  to: Counter,
  among: readonly Counter[] = [to],
): void => {
  file.trigger(vector);
  const what = `Vector ${vector} was triggered`;
  const astray = signalled(bench.sys, among, 0).filter((counter) => counter !== to);
  const labels = astray.map(({ label }) => label).join(', ');
  expectThat(astray.length === 0, `${what}: signalled ${labels}, expected ${to.label} alone`);
  expectEqual(`${what} once: signals on ${to.label}`, takeCount(bench.sys, to), 1);
};

/**
 * Expects that triggering each vector signals its own counter once and no other; null where the
 * vector must not be armed. This is how a case sees what is set without any hardware.
 */
export const expectMapping = (
  bench: Bench,
  file: UioFile,
  expected: readonly (Counter | null)[],
  among: readonly Counter[],
): void => {
  for (const [vector, counter] of expected.entries()) {
    if (counter === null) file.expect('ENOENT', 'trigger', vector);
    else expectTriggered(bench, file, vector, counter, among);
  }
};

/** The descriptors as UIO_MSI_IRQ_SET_BLOCK reads them from memory. */
export const descriptors = (counters: readonly Counter[]): Uint8Array =>
  unsigned32(...counters.map(({ fd }) => fd));

/** New counters, for vectors from 0 on. */
export const makeCounters = (bench: Bench, count: number, label = 'the eventfd of vector'): Counter[] =>
  Array.from({ length: count }, (_, vector) => bench.counter(`${label} ${vector}`));
