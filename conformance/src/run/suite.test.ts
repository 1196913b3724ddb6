// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { defineCase } from '../cases/define.js';
import type { StreamRecord } from '../report/records.js';
import { allOf } from '../report/reporter.js';
import type { Executor, JobOutcome } from './protocol.js';
import { runSuite } from './suite.js';

const device = { device: 'rocker', bdf: '0000:00:03.0', vectors: 4, interrupts: 'msix' } as const;
const other = { device: 'e1000e', bdf: '0000:00:04.0', vectors: 5, interrupts: 'msix' } as const;
const cases = ['a.one', 'a.two', 'a.three'].map((id) =>
  defineCase({
    id,
    title: id,
    clauses: ['A-01'],
    ...(id === 'a.three' ? { patience: 2 } : {}),
    run: () => undefined,
  }),
);
const pass: JobOutcome = { verdict: 'PASS', message: null, log: null, seconds: 0.01 };

const play = async (
  answer: (id: string) => JobOutcome | null,
  stop = new AbortController(),
  measured?: JobOutcome | null,
  turns = [device, other],
) => {
  const records: StreamRecord[] = [];
  const limits: number[] = [];
  const push = (record: StreamRecord) => void records.push(record);
  const executor: Executor = {
    run: async (job, limitMs) => {
      limits.push(limitMs);
      return job.kind === 'case' ? answer(job.id) : (measured ?? null);
    },
    lastStep: () => 'ioctl UIO_MSI_IRQ_SET { vec 3, fd 20 }',
    close: async () => undefined,
  };
  const reporter = allOf([{ suite: push, start: push, case: push, rates: push, done: push }]);
  const end = await runSuite({
    kernel: '7.2.6',
    plan: turns.map((one) => ({ device: one, cases })),
    depth: 'standard',
    left: 0,
    executor,
    reporter,
    limitMs: 20_000,
    rates: measured !== undefined,
    stop: stop.signal,
  });
  return { records, limits, end };
};

const outline = (records: readonly StreamRecord[]) =>
  records.map((r) =>
    r.type === 'case' ? `${r.id} ${r.verdict}` : r.type === 'start' ? `start ${r.id}` : r.type,
  );

describe('runSuite', () => {
  it('announces each case before it runs, and sums up', async () => {
    const { records, end } = await play((id) =>
      id === 'a.two' ? { ...pass, verdict: 'FAIL', message: 'x' } : pass,
    );
    const each = ['start a.one', 'a.one PASS', 'start a.two', 'a.two FAIL', 'start a.three', 'a.three PASS'];
    expect(outline(records)).toEqual(['suite', ...each, ...each, 'done']);
    expect(end).toMatchObject({ lost: false, done: { verdict: 'FAIL', passed: 4, failed: 2 } });
  });

  it('a case that never returns fails with its last step; the rest is missed with the reason', async () => {
    const { records, end } = await play((id) => (id === 'a.two' ? null : pass));
    expect(end).toMatchObject({
      lost: true,
      done: { verdict: 'FAIL', passed: 1, failed: 1, errors: 4, skipped: 0 },
    });
    const failed = records.find((r) => r.type === 'case' && r.verdict === 'FAIL');
    expect(JSON.stringify(failed)).toContain(
      'No result within 20 s. Last step: ioctl UIO_MSI_IRQ_SET { vec 3, fd 20 }',
    );
    expect(records.at(-2)).toMatchObject({
      verdict: 'MISS',
      message: 'not run: a.two on 0000:00:03.0 never returned',
    });
  });

  it('waits as long as the case may take', async () => {
    const { records, limits } = await play((id) => (id === 'a.three' ? null : pass));
    expect(limits).toEqual([20_000, 20_000, 40_000]);
    expect(JSON.stringify(records)).toContain('No result within 40 s');
  });

  it('an executor that dies is an ERROR, and ends the run', async () => {
    const { records, end } = await play(() => {
      throw new Error('out of memory');
    });
    expect(end).toMatchObject({ lost: true, done: { verdict: 'ERROR', errors: 6, skipped: 0 } });
    expect(JSON.stringify(records[2])).toContain('The executor died: Error: out of memory. Last step: ioctl');
  });

  it('measures each device when its cases are done, and goes without when that cannot be', async () => {
    const rate = { vector: 0, samples: 1, p50: 1, p90: 1, p99: 1, longest: 1, perSecond: 1 };
    const measured: JobOutcome = { ...pass, rates: { by: 'trigger', vectors: [rate] } };
    const { records } = await play(() => pass, undefined, measured);
    const [first, second] = records.filter((record) => record.type === 'rates');
    expect(first).toEqual({ type: 'rates', ...device, by: 'trigger', rates: [rate] });
    expect(second?.bdf).toBe(other.bdf);
    expect(records[records.length / 2 - 1]).toBe(first);
    const refused = await play(() => pass, undefined, { ...pass, verdict: 'ERROR' });
    expect(refused.end).toMatchObject({ lost: false, done: { verdict: 'PASS', passed: 6 } });
    expect((await play(() => pass, undefined, null)).end).toMatchObject({ lost: true, done: { errors: 3 } });
  });

  it('measures a device once, however many turns it has', async () => {
    const measured: JobOutcome = { ...pass, rates: { by: 'trigger', vectors: [] } };
    const { records } = await play(() => pass, undefined, measured, [device, other, device]);
    expect(records.flatMap((record) => (record.type === 'rates' ? record.bdf : []))).toEqual([
      device.bdf,
      other.bdf,
    ]);
  });

  it('interrupted, it runs no further case', async () => {
    const stop = new AbortController();
    const { records, end } = await play(() => {
      stop.abort();
      return pass;
    }, stop);
    expect(outline(records).filter((line) => line.startsWith('start'))).toEqual(['start a.one']);
    expect(end.done).toMatchObject({ verdict: 'ERROR', passed: 1, errors: 5, skipped: 0 });
  });
});
