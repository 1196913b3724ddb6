// SPDX-License-Identifier: MIT
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { Bench } from '../bench/bench.js';
import { createCleanup } from '../bench/cleanup.js';
import type { Machine } from '../bench/machine.js';
import { stepsToKeepParameters } from '../bench/mode.js';
import { createRig, type Rig } from '../bench/rig.js';
import { CASES } from '../cases/table.js';
import { modelOfRecord } from '../devices/table.js';
import { examine } from '../health/examine.js';
import { openKernelLog } from '../health/kernel-log.js';
import { readKernelState } from '../health/kernel-state.js';
import { type Binding, KERNEL_ROOTS } from '../pci/sysfs.js';
import { measureRates, modeToMeasure } from '../rates/measure.js';
import { createLinuxSys } from '../sys/linux.js';
import { createTrace } from './last-step.js';
import type { ExecutorSetup, Job, JobOutcome } from './protocol.js';
import { runCase } from './run-case.js';

const DONE: JobOutcome = { verdict: 'PASS', message: null, log: null, seconds: 0 };

/** The executor: does the jobs that come, one after the other. */
export const serveJobs = (port: MessagePort | null = parentPort, setup: ExecutorSetup = workerData): void => {
  const sys = createLinuxSys();
  const log = openKernelLog(sys);
  const trace = createTrace(setup.lastStep);
  const rigs = new Map<string, Rig>(
    setup.devices.map(({ bdf, vectors, interrupts, model }) => [
      bdf,
      createRig({ bdf, vectors, interrupts, model: modelOfRecord(model), roots: KERNEL_ROOTS }),
    ]),
  );
  const machine: Machine = {
    rigs: [...rigs.values()],
    parameters: stepsToKeepParameters(KERNEL_ROOTS),
    disposable: setup.disposable,
    exploration: setup.exploration,
  };
  /** Giving a device back tears down what the driver has: the last chance to complain. */
  const restore = (rig: Rig, original: Binding): JobOutcome => {
    trace('restore the driver');
    log.take();
    const before = readKernelState(rig);
    rig.restore(original);
    const complaints = examine(before, readKernelState(rig), log.take());
    return complaints.length === 0 ? DONE : { ...DONE, verdict: 'FAIL', message: complaints.join('; ') };
  };
  const rates = async (rig: Rig): Promise<JobOutcome> => {
    trace('measure');
    const cleanup = createCleanup();
    try {
      rig.bind(modeToMeasure(rig));
      const bench = new Bench({ sys, rig, cleanup, trace, entry: setup.entry, machine });
      return { ...DONE, rates: measureRates(bench) };
    } finally {
      await cleanup.run();
    }
  };
  const perform = (job: Job): Promise<JobOutcome> => {
    const rig = rigs.get(job.bdf);
    if (rig === undefined) throw new Error(`no device ${job.bdf} was announced`);
    if (job.kind === 'restore') {
      return Promise.resolve(restore(rig, job.original));
    }
    if (job.kind === 'rates') return rates(rig);
    const test = CASES.find(({ id }) => id === job.id);
    if (test === undefined) throw new Error(`no case ${job.id}`);
    return runCase(test, { sys, rig, log, trace, entry: setup.entry, machine });
  };
  port?.on('message', async (job: Job) => {
    try {
      port.postMessage(await perform(job));
    } catch (error) {
      port.postMessage({
        ...DONE,
        verdict: 'ERROR',
        message: error instanceof Error ? error.message : String(error),
      });
    }
  });
};
