// SPDX-License-Identifier: MIT
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KernelLog } from '../health/kernel-log.js';
import { type CrewReport, type Silent, startCrew } from './crew.js';
import { countOperations } from './figures.js';
import type { Target } from './hands.js';
import { createRandom, seedOf } from './random.js';
import type { Role } from './roles.js';

/** What to do, and for how long: until as many operations were done, or the time is over. */
export interface StressRun {
  readonly targets: readonly Target[];
  readonly seed: number;
  /** Names of operations to leave out. */
  readonly without: readonly string[];
  readonly processes: number;
  readonly operations: number;
  readonly forMs: number;
  /** The suite's own program, which the processes run. */
  readonly entry: string;
  readonly log: KernelLog;
  readonly stop: AbortSignal;
  /** Called now and then. */
  readonly onProgress: (report: CrewReport, elapsedMs: number) => void;
}

/** What a run did, and what the kernel said meanwhile. */
export interface StressEnd extends CrewReport {
  readonly seconds: number;
  readonly lines: readonly string[];
}

/** How often the clock is looked at and the kernel's log is read, before it overwrites itself. */
const TICK_MS = 100;
const PROGRESS_MS = 5000;

/** After so many operations a process is killed, in whatever it is doing. */
const KILL_EVERY = 5000;

/** No operation takes this long, not on an emulated processor with all that checks it. */
const SILENCE_MS = 60_000;

/** How long the processes may take to begin, all at once: each loads a runtime. */
const BEGIN_MS = 300_000;

/** Runs the processes to their end. The devices are bound to the driver; how, is theirs to change. */
export const conduct = async (run: StressRun): Promise<StressEnd> => {
  const { targets, seed, without, log } = run;
  const folder = mkdtempSync(join(tmpdir(), 'uio-msi-stress-'));
  const roles = rolesFor(targets, run.processes);
  const random = createRandom(seedOf(seed, -1));
  const crew = startCrew(run.entry, { targets, seed, without, folder }, roles);
  let start = performance.now();
  const elapsed = () => performance.now() - start;
  const lines: string[] = [];
  const silent: string[] = [];
  let shown = 0;
  let nextKill = KILL_EVERY;
  const isDone = () =>
    run.stop.aborted ||
    elapsed() >= run.forMs ||
    countOperations(crew.report().figures) >= run.operations ||
    crew.report().troubles.length + silent.length > 0;
  const work = async (): Promise<void> => {
    // The time counts from when all are at work: starting them takes long on an emulated processor.
    while (!crew.isAtWork() && elapsed() < BEGIN_MS && !run.stop.aborted) {
      if (crew.report().troubles.length > 0) break;
      await sleep(TICK_MS);
    }
    silent.push(...crew.silent(SILENCE_MS, BEGIN_MS).map(describe));
    start = performance.now();
    while (!isDone()) {
      await sleep(TICK_MS);
      lines.push(...log.take());
      if (countOperations(crew.report().figures) >= nextKill) {
        nextKill += KILL_EVERY;
        crew.killOne((count) => random.below(count));
      }
      silent.push(...crew.silent(SILENCE_MS, BEGIN_MS).map(describe));
      if (elapsed() - shown < PROGRESS_MS) continue;
      shown = elapsed();
      run.onProgress(crew.report(), shown);
    }
  };
  let seconds = 0;
  try {
    await work();
  } finally {
    // Whatever happened: processes that go on would keep the devices.
    seconds = elapsed() / 1000;
    await crew.finish(SILENCE_MS);
    rmSync(folder, { recursive: true, force: true });
  }
  lines.push(...log.take());
  const report = crew.report();
  return { ...report, troubles: [...silent, ...report.troubles], seconds, lines };
};

/** One process raises vectors, where there is a device that the suite can make do so. */
const rolesFor = (targets: readonly Target[], processes: number): readonly Role[] => {
  const hasProvoker = targets.some(({ model }) => model !== null);
  return Array.from({ length: processes }, (_, i) => (hasProvoker && i === 0 ? 'provoker' : 'user'));
};

/** Where a process is that says nothing. */
const describe = ({ pid, ms }: Silent): string => {
  const text = (file: string) => {
    const path = `/proc/${pid}/${file}`;
    return existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  };
  const [first = 'user space', ...more] = text('stack').split('\n').filter(Boolean).slice(0, 6);
  return `process ${pid} has said nothing for ${Math.round(ms / 1000)} s: ${[first, ...more].join(' < ')}`;
};
