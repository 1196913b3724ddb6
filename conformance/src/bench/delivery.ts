// SPDX-License-Identifier: MIT
import type { Bench } from './bench.js';
import { awaitCount, type Counter, signalled, takeCount } from './counter.js';
import { expectEqual } from './expect.js';
import type { Rig } from './rig.js';
import type { UioFile } from './uio-file.js';
import { Failure } from './verdicts.js';

/**
 * How long an interrupt may take, in milliseconds. It takes microseconds; only a lost one, or a
 * machine that does not run, takes this long.
 */
export const ARRIVAL_MS = 2000;

/** How long to wait before one believes that nothing comes, in milliseconds. */
export const SILENCE_MS = 30;

/**
 * Raises a vector once and expects one signal on `to`, and none on any other counter of `among`
 * (all must be at zero before).
 */
export const expectDelivery = (
  bench: Bench,
  vector: number,
  to: Counter,
  among: readonly Counter[] = [to],
): void => {
  bench.raise(vector);
  const got = signalled(bench.sys, among, ARRIVAL_MS);
  if (got.length === 0) throw lost(bench, vector, `${to.label} was not signalled`);
  const astray = got.filter((counter) => counter !== to);
  if (astray.length > 0) {
    throw new Failure(
      `Vector ${vector} was raised: signalled ${labels(astray)}, expected ${to.label} alone. ${account(bench, vector)}`,
    );
  }
  expectEqual(`Vector ${vector} was raised once: signals on ${to.label}`, takeCount(bench.sys, to), 1);
};

/** Raises a vector and expects the counter to reach `total`, without reading it. */
export const expectCountAfterRaise = (
  bench: Bench,
  vector: number,
  counter: Counter,
  total: number,
): void => {
  bench.raise(vector);
  const got = awaitCount(bench.sys, counter, total, ARRIVAL_MS);
  if (got < total) throw lost(bench, vector, `${counter.label} stayed at ${got}, expected ${total},`);
  expectEqual(`Vector ${vector} was raised: ${counter.label}`, got, total);
};

/** Raises a vector and expects that none of the counters (all at zero) is signalled. */
export const expectSilence = (
  bench: Bench,
  vector: number,
  counters: readonly Counter[],
  why: string,
): void => {
  bench.raise(vector);
  expectQuiet(bench, counters, `Vector ${vector} was raised, ${why}`);
};

/** Expects one event and not more of a vector that was raised while masked. */
export const expectOneEvent = (bench: Bench, counter: Counter, what: string): void => {
  awaitCount(bench.sys, counter, 1, ARRIVAL_MS);
  bench.sys.poll([], SILENCE_MS);
  expectEqual(`${counter.label} after ${what}`, takeCount(bench.sys, counter), 1);
};

/** Expects that none of the counters (all at zero) is signalled for a while. */
export const expectQuiet = (bench: Bench, counters: readonly Counter[], what: string): void => {
  const got = signalled(bench.sys, counters, SILENCE_MS);
  if (got.length > 0) throw new Failure(`${what}: signalled ${labels(got)}, expected silence`);
};

/**
 * Arms vectors, each with the counter beside it. What was raised while they were not armed, by a
 * case before perhaps, is delivered now: waits for that and forgets it, so that all counters are at zero.
 */
export const armEach = (
  bench: Bench,
  file: UioFile,
  pairs: readonly (readonly [number, Counter])[],
): void => {
  const stale = new Map<Counter, number>();
  let unseen = false;
  for (const [vector, counter] of pairs) {
    const pending = bench.isPending(vector);
    unseen ||= pending === null;
    if (pending) stale.set(counter, (stale.get(counter) ?? 0) + 1);
    file.arm(vector, counter);
  }
  for (const [counter, count] of stale) {
    awaitCount(bench.sys, counter, count, ARRIVAL_MS);
    takeCount(bench.sys, counter);
  }
  if (unseen) bench.sys.poll([], SILENCE_MS);
  if (unseen) for (const [, counter] of pairs) takeCount(bench.sys, counter);
};

/** Arms a vector with a new counter, which then is at zero. */
export const armFresh = (
  bench: Bench,
  file: UioFile,
  vector: number,
  label = `the eventfd of vector ${vector}`,
): Counter => {
  const counter = bench.counter(label);
  armEach(bench, file, [[vector, counter]]);
  return counter;
};

/** Arms every vector with a counter of its own. All then are at zero. */
export const armAll = (bench: Bench, file: UioFile): Counter[] => {
  const counters = bench.vectors.map((vector) => bench.counter(`the eventfd of vector ${vector}`));
  armEach(bench, file, [...counters.entries()]);
  return counters;
};

const lost = (bench: Bench, vector: number, what: string): Failure =>
  new Failure(`Vector ${vector} was raised, but ${what} within ${ARRIVAL_MS} ms. ${account(bench, vector)}`);

/** What the kernel knows of the vector: tells a lost interrupt from a lost signal. */
const account = (bench: Bench, vector: number): string => {
  const line = bench.rig.armedVectors().get(vector);
  const counted =
    line === undefined
      ? `/proc/interrupts has no handler for vector ${vector}`
      : `/proc/interrupts counts ${line.count} for vector ${vector} (irq ${line.irq})`;
  return `${counted}${inTheWay(bench.rig)}`;
};

/** What of the device itself keeps its interrupts from leaving it; empty when nothing is seen. */
const inTheWay = (rig: Rig): string => {
  const { answers, busMaster, intx } = rig.configSpace();
  if (!answers) return '. The device answers nothing but ones: it is without power, or was pulled out';
  if (rig.hasLine()) return intx?.disabled ? '. Its command register keeps it from driving its line' : '';
  return busMaster ? '' : '. Somebody took bus mastering from it: no message leaves the device';
};

const labels = (counters: readonly Counter[]): string => counters.map(({ label }) => label).join(', ');
