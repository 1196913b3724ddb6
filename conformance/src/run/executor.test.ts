// SPDX-License-Identifier: MIT
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { SHORT_DOSE } from '../model/exploration.js';
import { createExecutor } from './executor.js';
import { createLastStepMemory, createTrace, readLastStep } from './last-step.js';
import type { Executor, ExecutorSetup, Job } from './protocol.js';

const job: Job = { kind: 'case', id: 'a.one', bdf: '0000:00:03.0' };
const outcome = { verdict: 'PASS', message: null, log: null, seconds: 0 };

/** An executor whose thread runs this code for each job. */
const start = (onMessage: string): Executor =>
  createExecutor(
    (setup: ExecutorSetup) =>
      new Worker(
        `const { parentPort, workerData } = require('node:worker_threads');
         parentPort.on('message', (job) => { ${onMessage} });`,
        { eval: true, workerData: setup },
      ),
    { entry: '', devices: [], disposable: false, exploration: SHORT_DOSE },
  );

let executor: Executor | undefined;
afterEach(() => executor?.close());

describe('createExecutor', () => {
  it('gives what the thread answers', async () => {
    executor = start(`parentPort.postMessage({ ...${JSON.stringify(outcome)}, message: job.id });`);
    expect(await executor.run(job, 10_000)).toEqual({ ...outcome, message: 'a.one' });
    expect(await executor.run({ ...job, id: 'a.two' }, 10_000)).toMatchObject({ message: 'a.two' });
  });

  it('gives null when the thread never returns, and still knows its last step', async () => {
    executor = start(`
      const bytes = new Uint8Array(workerData.lastStep, 4);
      bytes.set(new TextEncoder().encode('ioctl'));
      for (;;) ;`);
    expect(await executor.run(job, 1500)).toBeNull();
    expect(executor.lastStep()).toBe('ioctl');
  });

  it('rejects when the thread dies', async () => {
    executor = start(`throw new Error('broken');`);
    await expect(executor.run(job, 10_000)).rejects.toThrow('broken');
  });
});

describe('last step', () => {
  it('keeps the last note only, cut to what fits', () => {
    const memory = createLastStepMemory();
    const trace = createTrace(memory);
    expect(readLastStep(memory)).toBe('');
    trace('a rather long step');
    trace('short');
    expect(readLastStep(memory)).toBe('short');
    trace('x'.repeat(1000));
    expect(readLastStep(memory)).toBe('x'.repeat(252));
  });

  it('names the vector of this step, and not that of one before', () => {
    const memory = createLastStepMemory();
    const trace = createTrace(memory);
    for (const vector of [0, 7]) {
      trace('ioctl', vector);
      expect(readLastStep(memory)).toBe(`ioctl { vec ${vector} }`);
    }
    trace('ioctl');
    expect(readLastStep(memory)).toBe('ioctl');
  });
});
