// SPDX-License-Identifier: MIT
import { existsSync } from 'node:fs';
import { Bench } from '../bench/bench.js';
import { createCleanup } from '../bench/cleanup.js';
import type { Machine } from '../bench/machine.js';
import type { Rig } from '../bench/rig.js';
import type { Trace } from '../bench/uio-file.js';
import { Failure, Skip } from '../bench/verdicts.js';
import { type Case, modeOf } from '../cases/define.js';
import { missingNeed } from '../cases/needs.js';
import { examine } from '../health/examine.js';
import type { KernelLog } from '../health/kernel-log.js';
import { readKernelState } from '../health/kernel-state.js';
import { setKnownAside } from '../health/known.js';
import { deviceFolder } from '../pci/sysfs.js';
import { isLockedDown, lockdownOf } from '../preflight/security.js';
import { SysError } from '../sys/errno.js';
import type { Sys } from '../sys/sys.js';
import type { JobOutcome } from './protocol.js';

/** What a case runs in. */
export interface Surroundings {
  readonly sys: Sys;
  readonly rig: Rig;
  readonly log: KernelLog;
  readonly trace: Trace;
  readonly entry: string;
  readonly machine: Machine;
}

type Judgement = Pick<JobOutcome, 'verdict' | 'message'>;

const PASSED: Judgement = { verdict: 'PASS', message: null };

/**
 * Runs a case, cleans up after it, and looks at the kernel's health: a kernel that complains, or
 * keeps something, fails the case whatever the case itself says.
 */
export const runCase = async (test: Case, around: Surroundings): Promise<JobOutcome> => {
  const { rig, log, trace } = around;
  const start = performance.now();
  const done = (judgement: Judgement, lines: readonly string[] = []): JobOutcome => ({
    ...judgement,
    log: lines.length === 0 ? null : lines.join('\n'),
    seconds: Math.round(performance.now() - start) / 1000,
  });
  const reason = missingNeed(test.needs, rig) ?? spared(test, around.machine) ?? lockedOut(test, rig);
  if (reason !== null) return done({ verdict: 'SKIP', message: reason });

  const mark = `uio-msi-conformance: ${test.id} on ${rig.bdf}`;
  log.mark(mark);
  const before = readKernelState(rig);
  const tried = await attempt(test, around);
  trace('examine the kernel');
  const taken = log.take().filter((line) => line !== mark);
  const { lines, known, losing } = setKnownAside(taken, test.id);
  const own = losing === null ? tried : notJudged(tried, losing);
  const complaints = examine(before, readKernelState(rig), lines);
  const judgement =
    complaints.length === 0 ? own : { verdict: 'FAIL' as const, message: sentences(own, complaints) };
  if (judgement.verdict === 'PASS' || judgement.verdict === 'SKIP')
    return done(judgement, known.length === 0 ? [] : [...known.map(setAside), ...taken]);
  const afresh = startAfresh(around);
  const verdict = afresh.complaints.length === 0 ? judgement.verdict : 'FAIL';
  const message = sentences(judgement, [...afresh.complaints, ...afresh.refusals]);
  return done({ verdict, message }, [...taken, ...afresh.lines]);
};

/** What the kernel itself lost is nothing that the driver did. */
const notJudged = (tried: Judgement, why: string): Judgement =>
  tried.verdict === 'FAIL' ? { verdict: 'SKIP', message: `not judged, ${why}: ${tried.message}` } : tried;

const setAside = (why: string): string => `not counted, a complaint of the kernel about itself: ${why}`;

/** Why a case is not run on a machine that is needed afterwards. */
const spared = ({ irreversible }: Case, { disposable }: Machine): string | null =>
  irreversible === undefined || disposable
    ? null
    : `changes the ${irreversible} until it is started anew: run it with --disposable on a machine made for that`;

/** Why a case that reaches for registers cannot; the case that locks the kernel down does it by itself. */
const lockedOut = (test: Case, { roots }: Rig): string | null =>
  modeOf(test) === 'raw' && test.irreversible === undefined && isLockedDown(roots)
    ? `needs raw access, which a kernel that is locked down (${lockdownOf(roots)}) gives nobody: start it without Secure Boot`
    : null;

const attempt = async (test: Case, { sys, rig, trace, entry, machine }: Surroundings): Promise<Judgement> => {
  const cleanup = createCleanup();
  const own = await judge(async () => {
    trace('bind');
    rig.bind(modeOf(test));
    await test.run(new Bench({ sys, rig, cleanup, trace, entry, machine }));
  });
  const [error] = await cleanup.run();
  if (error === undefined || own.verdict === 'FAIL') return own;
  return { verdict: 'ERROR', message: `Cleaning up failed: ${String(error)}` };
};

const judge = async (run: () => Promise<void>): Promise<Judgement> => {
  try {
    await run();
    return PASSED;
  } catch (error) {
    if (error instanceof Failure) return { verdict: 'FAIL', message: error.message };
    if (error instanceof Skip) return { verdict: 'SKIP', message: error.message };
    // A system call that a case takes for granted: on the device's own files that is the driver's doing.
    if (error instanceof SysError) return { verdict: 'FAIL', message: `Unexpected: ${error.message}` };
    return {
      verdict: 'ERROR',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
};

const sentences = (own: Judgement, complaints: readonly string[]): string =>
  [...(own.message === null ? [] : [own.message]), ...complaints].join('; ');

/** What came of starting afresh. A refusal says nothing new of the driver; a complaint does. */
interface Afresh {
  readonly lines: readonly string[];
  readonly complaints: readonly string[];
  readonly refusals: readonly string[];
}

/**
 * After a failure the device is taken from the driver, so that the next case finds it fresh. That
 * is a chance to complain, too: what a case broke often shows only when it is torn down.
 */
const startAfresh = ({ rig, log, trace }: Surroundings): Afresh => {
  trace('unbind after a failure');
  const before = readKernelState(rig);
  const refusals: string[] = [];
  try {
    rig.unbind();
  } catch (error) {
    refusals.push(
      existsSync(deviceFolder(rig.roots, rig.bdf))
        ? `then the device could not be unbound: ${String(error)}`
        : 'the device is gone from the bus: was it pulled out?',
    );
  }
  const lines = log.take();
  // Handlers that stayed are in the message already.
  const complaints = examine(before, { ...readKernelState(rig), armed: [], messages: [] }, lines);
  return { lines, complaints: complaints.map((text) => `when it was unbound then, ${text}`), refusals };
};
