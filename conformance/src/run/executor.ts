// SPDX-License-Identifier: MIT
import type { Worker } from 'node:worker_threads';
import { createLastStepMemory, readLastStep } from './last-step.js';
import type { Executor, ExecutorSetup, Job, JobOutcome } from './protocol.js';

/**
 * The executor on a thread of its own. A thread that the kernel holds cannot be ended, only left:
 * whoever gets null from run() must leave the process with `exitNow`.
 */
export const createExecutor = (
  startThread: (setup: ExecutorSetup) => Worker,
  setup: Omit<ExecutorSetup, 'lastStep'>,
): Executor => {
  const memory = createLastStepMemory();
  const worker = startThread({ ...setup, lastStep: memory });
  return {
    run: (job, limitMs) => answer(worker, job, limitMs),
    lastStep: () => readLastStep(memory),
    close: async () => void (await worker.terminate()),
  };
};

const answer = (worker: Worker, job: Job, limitMs: number): Promise<JobOutcome | null> =>
  new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError);
      finish();
    };
    const onMessage = (outcome: JobOutcome) => settle(() => resolve(outcome));
    const onError = (error: unknown) => settle(() => reject(error));
    const timer = setTimeout(() => settle(() => resolve(null)), limitMs);
    worker.on('message', onMessage).on('error', onError);
    worker.postMessage(job);
  });
