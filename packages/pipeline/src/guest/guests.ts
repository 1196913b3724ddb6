// SPDX-License-Identifier: MIT
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { State } from '@uio-msi/host';
import { findArch, findMachine, type GuestSession, scanConsole, startGuest } from '@uio-msi/machine';
import type { Depth, Progress, Splat } from '@uio-msi/model';
import { elsewhereAt } from '../plan/depth.js';
import type { Artefacts } from '../run/artefacts.js';
import { addRun, type SelftestRun, selftestRun } from '../selftest/records.js';
import type { Suite } from '../stage/tools.js';
import type { Demands } from './demands.js';
import { guestLimits, IN_GUEST, jobOf, SELFTEST } from './job.js';
import { type SuiteRecord, suiteRecord } from './stream.js';

/** A guest that was powered on for a cell. */
export interface Guest {
  readonly machine: string;
  /** The drivers that are to be there. */
  readonly drivers: readonly string[];
  readonly session: GuestSession;
  /** What the suite has said so far. */
  readonly records: readonly SuiteRecord[];
  /** What the kernel's selftests gave so far. */
  readonly selftests: () => readonly SelftestRun[];
  /** Seconds from power-on to the first result of a case, without those of the kernel's selftests before it; null while there is none. */
  readonly firstResult: () => number | null;
  /** What its console shows of trouble so far. */
  readonly splats: () => Promise<readonly Splat[]>;
  /** The console's text so far. */
  readonly console: () => Promise<string>;
}

/**
 * The guests of one cell, one for each machine. `boot` and `conform` share them: the suite goes
 * on where booting ended.
 */
export interface Guests {
  /** Powers them on the first time it is called. */
  readonly on: (artefacts: Artefacts, suite: Suite | null) => Promise<readonly Guest[]>;
  /** Ends those that still run. */
  readonly off: () => Promise<void>;
}

/** What guests are made from. */
export interface GuestsOptions {
  readonly state: State;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly arch: string;
  readonly machines: readonly string[];
  readonly demands: Demands;
  /** How much the suite does. */
  readonly depth: Depth;
  /** Where a machine's console goes. */
  readonly consoleLog: (machine: string) => string;
  /** Called for each record of the suite as it comes. */
  readonly onRecord?: (record: SuiteRecord) => void;
  /** Called when one is off. */
  readonly onOff?: () => void;
}

/** The guests of a cell, all off. */
export const openGuests = (options: GuestsOptions): Guests => {
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  let guests: Promise<readonly Guest[]> | undefined;
  return {
    on: (artefacts, suite) => {
      guests ??= Promise.all(
        options.machines.map((machine) => powerOn(machine, artefacts, suite, { ...options, signal })),
      );
      return guests;
    },
    off: async () => {
      ended.abort('the end of the cell');
      const running = (await guests?.catch(() => [])) ?? [];
      await Promise.allSettled(running.map(({ session }) => session.done));
    },
  };
};

const powerOn = async (
  machine: string,
  { image, modules, drivers, selftests }: Artefacts,
  suite: Suite | null,
  options: GuestsOptions,
): Promise<Guest> => {
  const consoleLog = options.consoleLog(machine);
  const records: SuiteRecord[] = [];
  let runs: readonly SelftestRun[] = [];
  let firstResultAt: number | null = null;
  const tested = { from: 0, to: 0 };
  const { demands } = options;
  const found = findMachine(machine);
  const session = await startGuest(
    {
      arch: findArch(options.arch),
      image,
      machine: found,
      modules,
      files: [
        ...(suite === null ? [] : [{ source: suite.dir, target: IN_GUEST.suite }]),
        ...selftests.map((path) => ({ source: path, target: join(IN_GUEST.selftests, basename(path)) })),
        { source: SELFTEST, target: IN_GUEST.selftest },
      ],
      job: jobOf(found, {
        suite: suite !== null,
        selftests: selftests.length > 0,
        drivers,
        demands,
        depth: options.depth,
        elsewhere: elsewhereAt(options, machine),
      }),
      memory: demands.memory,
      limits: guestLimits(demands),
      consoleLog,
      onRecord: (raw) => {
        const run = selftestRun(raw);
        if (run !== null) {
          runs = addRun(runs, run);
          tested.to = performance.now();
          tested.from ||= tested.to;
        }
        const record = suiteRecord(raw);
        if (record === null) return;
        records.push(record);
        if (record.type === 'case') firstResultAt ??= performance.now();
        options.onRecord?.(record);
      },
    },
    options,
  );
  const poweredOnAt = performance.now();
  const { onOff = () => {} } = options;
  void session.done.then(onOff, onOff);
  const firstResult = () => firstResultAt && (firstResultAt - poweredOnAt - (tested.to - tested.from)) / 1000;
  const text = () => readFile(consoleLog, 'utf8').catch(() => '');
  return {
    machine,
    drivers,
    session,
    records,
    selftests: () => runs,
    firstResult,
    console: text,
    splats: async () => scanConsole(await text()),
  };
};
