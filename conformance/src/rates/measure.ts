// SPDX-License-Identifier: MIT
import type { Bench } from '../bench/bench.js';
import { takeCount } from '../bench/counter.js';
import { ARRIVAL_MS, armFresh } from '../bench/delivery.js';
import { hasRawMode, type Mode } from '../bench/mode.js';
import type { Rig } from '../bench/rig.js';
import type { UioFile } from '../bench/uio-file.js';
import { Skip } from '../bench/verdicts.js';
import { isPrompt } from '../devices/register-provoker.js';
import { isLockedDown } from '../preflight/security.js';
import type { VectorRate } from '../report/records.js';
import { POLLIN } from '../sys/constants.js';
import { rateOf } from './rate.js';

/** How vectors were raised, and how fast each was. */
export interface Rates {
  readonly by: 'device' | 'trigger';
  readonly vectors: readonly VectorRate[];
}

/** Interrupts of a vector that count, and those before: the first ones meet cold caches. */
const SAMPLES = 100;
const WARM_UP = 5;

/** The mode in which a device can be measured best: by itself, when the suite knows how. */
export const modeToMeasure = ({ model, roots }: Rig): Mode =>
  model !== null && hasRawMode(roots) && !isLockedDown(roots) ? 'raw' : 'safe';

/**
 * Measures every vector that cases use: one interrupt at a time, until its eventfd is seen. The
 * device raises it, or else a software trigger does. A vector of which one got lost has no rate.
 */
export const measureRates = (bench: Bench): Rates => {
  const file = bench.open();
  const by = canRaise(bench, file) ? 'device' : 'trigger';
  const raise = by === 'device' ? (vector: number) => bench.raise(vector) : (v: number) => file.trigger(v);
  return { by, vectors: bench.vectors.flatMap((vector) => measureVector(bench, file, vector, raise)) };
};

const canRaise = (bench: Bench, file: UioFile): boolean => {
  if (bench.rig.mode() !== 'raw' || !isPrompt(bench.rig.model)) return false;
  try {
    armFresh(bench, file, 0);
    bench.raise(0);
    return true;
  } catch (error) {
    if (error instanceof Skip) return false;
    throw error;
  } finally {
    file.disarm(0);
  }
};

const measureVector = (
  bench: Bench,
  file: UioFile,
  vector: number,
  raise: (vector: number) => void,
): VectorRate[] => {
  const { sys } = bench;
  const counter = armFresh(bench, file, vector);
  const request = [{ fd: counter.fd, events: POLLIN }];
  /** Seconds; null when it got lost. */
  const once = (): number | null => {
    const start = performance.now();
    raise(vector);
    const [events = 0] = sys.poll(request, ARRIVAL_MS);
    const end = performance.now();
    takeCount(sys, counter);
    return events === 0 ? null : (end - start) / 1000;
  };
  const latencies: number[] = [];
  let start = performance.now();
  for (let n = 0; n < WARM_UP + SAMPLES; n++) {
    if (n === WARM_UP) start = performance.now();
    const latency = once();
    if (latency === null) return [];
    if (n >= WARM_UP) latencies.push(latency);
  }
  const elapsed = (performance.now() - start) / 1000;
  file.disarm(vector);
  return [rateOf(vector, latencies, elapsed)];
};
