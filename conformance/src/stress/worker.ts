// SPDX-License-Identifier: MIT
import { writeSync } from 'node:fs';
import { EnvironmentError } from '../errors.js';
import { KERNEL_ROOTS } from '../pci/sysfs.js';
import { POLLIN } from '../sys/constants.js';
import { createLinuxSys } from '../sys/linux.js';
import type { Sys } from '../sys/sys.js';
import { createRecorder } from './figures.js';
import { type Hands, letGo, type Plan } from './hands.js';
import { createBorrow } from './loan.js';
import type { Operation } from './operations.js';
import { chooser, createRandom, seedOf } from './random.js';
import { operationsOf, type Role } from './roles.js';

/** What a process of a run is told at its start. */
export interface WorkerSetup {
  readonly role: Role;
  /** Which process it is, counted over the whole run: it decides its random numbers. */
  readonly nth: number;
  readonly plan: Plan;
}

/** Eventfds of each process. */
const EVENTFDS = 12;

/** How often a process tells what it did, in milliseconds. What it did since is lost when it is killed. */
const TELL_MS = 200;

/**
 * A process of a stress run: does operations at random, one after the other without a pause, and
 * writes its figures as lines of JSON, until its standard input ends.
 */
export const work = (setup: string): void => {
  const { role, nth, plan } = JSON.parse(setup) as WorkerSetup;
  const sys = createLinuxSys();
  const hands = createHands(sys, plan, nth);
  const operations = operationsOf(
    role,
    createBorrow((fd) => sys.close(fd)),
  ).filter(({ name }) => !plan.without.includes(name));
  const choose = chooser(operations);
  const chooseWithoutFile = chooser(operations.filter(({ needsFile }) => !needsFile));
  const tell = () => void writeSync(1, `${JSON.stringify(hands.recorder.take())}\n`);
  let told = 0;
  for (;;) {
    perform(hands, hands.file === null ? chooseWithoutFile(hands.random) : choose(hands.random));
    if (performance.now() - told < TELL_MS) continue;
    told = performance.now();
    tell();
    if (sys.poll([{ fd: 0, events: POLLIN }], 0)[0] !== 0) break;
  }
  letGo(hands);
  tell();
  process.exit(0);
};

const createHands = (sys: Sys, plan: Plan, nth: number): Hands => {
  const random = createRandom(seedOf(plan.seed, nth));
  return {
    sys,
    random,
    plan,
    roots: KERNEL_ROOTS,
    recorder: createRecorder(),
    target: random.pick(plan.targets),
    file: null,
    eventfds: Array.from({ length: EVENTFDS }, () => sys.eventfd(0)),
    mappings: [],
    page: sys.allocate(sys.pageSize),
  };
};

const perform = (hands: Hands, { name, run }: Operation): void => {
  try {
    run(hands);
    hands.recorder.count(name, 'success');
  } catch (error) {
    hands.recorder.count(name, codeOf(error));
  }
};

/** The errno of a system call, Node's or ours; what is none ends the process. */
const codeOf = (error: unknown): string => {
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return code;
  if (error instanceof EnvironmentError) return 'hidden';
  throw error;
};
