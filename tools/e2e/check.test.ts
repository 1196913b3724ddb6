// SPDX-License-Identifier: MIT
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CellResult, STAGES } from '@uio-msi/model';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Ended, uioMsi, uioMsiJson } from './command.js';

describe('check on the newest kernel', () => {
  let ended: Ended;
  let cell: CellResult;

  beforeAll(async () => {
    const result = await uioMsiJson('check');
    ended = result;
    cell = result.json.cells[0] as CellResult;
  });

  it('passes every stage', () => {
    const told = cell.stages.map(({ stage, verdict, reason }) => ({ stage, verdict, reason }));
    expect(told).toMatchObject(STAGES.map((stage) => ({ stage, verdict: 'PASS' })));
    const left = told.find(({ stage }) => stage === 'conform')?.reason;
    expect(left).toMatch(/^depth quick: \d+ runs of cases left out$/);
    expect(ended.exitCode).toBe(0);
  });

  it('applies every patch cleanly', () => {
    const apply = cell.stages.find(({ stage }) => stage === 'apply');
    expect(new Set(apply?.patches?.map(({ status }) => status))).toEqual(new Set(['clean']));
  });

  it('exercises every kind of device with 20 cases or more', () => {
    const conform = cell.stages.find(({ stage }) => stage === 'conform');
    const passed = conform?.cases?.filter(({ verdict }) => verdict === 'PASS') ?? [];
    expect(new Set(passed.map(({ id }) => id)).size).toBeGreaterThanOrEqual(20);
    expect(conform?.devices?.map(({ vectors }) => vectors).sort((a, b) => b - a)[0]).toBe(2048);
    expect(new Set(passed.map(({ device }) => device))).toEqual(
      new Set(['rocker', 'e1000e', 'ivshmem', 'nvme', 'edu', 'e1000', 'sdhci']),
    );
  });

  it('writes the report that it names', async () => {
    const page = /report: (.*)/.exec(ended.stdout)?.[1] ?? '';
    expect(await readFile(page, 'utf8')).toContain(cell.kernel);
    expect(await readFile(join(page, '../junit.xml'), 'utf8')).toContain('<testsuite ');
  });

  it('has nothing to do the second time', async () => {
    const { json, exitCode } = await uioMsiJson('check');
    const again = json.cells[0]?.stages.filter(({ stage }) => stage !== 'source');
    expect(again?.map(({ stage, cached }) => [stage, cached])).toEqual(
      STAGES.filter((stage) => stage !== 'source').map((stage) => [stage, true]),
    );
    expect(exitCode).toBe(0);
  });

  it('shows the run again by its name', async () => {
    const { json } = await uioMsiJson('report');
    const { stdout } = await uioMsi('report', json.run);
    expect(stdout).toContain(json.run);
  });
});
