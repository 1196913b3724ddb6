// SPDX-License-Identifier: MIT
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import type { Rig } from '../bench/rig.js';
import type { Executor, Job, JobOutcome } from '../run/protocol.js';
import type { Candidate } from '../run/select.js';
import { giveBack, giveBackDirectly } from './give-back.js';

const device = (bdf: string, driver: string): Candidate => ({
  device: 'rocker',
  bdf,
  vectors: 4,
  interrupts: 'msix',
  original: { driver, override: driver },
  model: null,
  obstacles: [],
  slot: null,
});
const devices = [device('0000:00:03.0', 'vfio-pci'), device('0000:00:04.0', 'e1000e')];

const folder = mkdtempSync(join(tmpdir(), 'uio-msi-parameters-'));
const parameters = [{ file: join(folder, 'raw_access'), value: 'N' }];
const attributes = [
  { file: join(folder, 'msi_bus'), value: '0' },
  { file: join(folder, 'of-a-device-that-is-gone', 'msi_bus'), value: '1' },
];
const parameter = () => readFileSync(join(folder, 'raw_access'), 'utf8');

let said = '';
const play = async (answer: (job: Job) => JobOutcome | null) => {
  said = '';
  writeFileSync(join(folder, 'raw_access'), 'Y\n');
  writeFileSync(join(folder, 'msi_bus'), '1\n');
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  const jobs: Job[] = [];
  const executor: Executor = {
    run: async (job) => {
      jobs.push(job);
      return answer(job);
    },
    lastStep: () => '',
    close: async () => undefined,
  };
  return { given: await giveBack(executor, { devices, attributes, parameters }, 1000), jobs };
};
afterEach(() => vi.restoreAllMocks());

const good: JobOutcome = { verdict: 'PASS', message: null, log: null, seconds: 0 };

it('gives every device back, and says nothing', async () => {
  const { given, jobs } = await play(() => good);
  expect(given).toBe('done');
  expect(jobs.map(({ bdf }) => bdf)).toEqual(['0000:00:03.0', '0000:00:04.0']);
  expect(said).toBe('');
  expect(parameter()).toBe('N\n');
  expect(readFileSync(join(folder, 'msi_bus'), 'utf8')).toBe('0\n');
});

it('goes on to the next device when the kernel refuses one, and says what to do', async () => {
  const { given, jobs } = await play(({ bdf }) =>
    bdf.endsWith('03.0') ? { ...good, verdict: 'ERROR' } : good,
  );
  expect(given).toBe('refused');
  expect(jobs).toHaveLength(2);
  expect(said).toContain("printf '%s\\n' 'vfio-pci' > /sys/bus/pci/devices/0000:00:03.0/driver_override");
});

it('tells what the kernel complained of meanwhile', async () => {
  const { given } = await play(() => ({ ...good, verdict: 'FAIL', message: 'the kernel complained' }));
  expect(given).toBe('complained');
  expect(said).toBe(
    ['0000:00:03.0', '0000:00:04.0']
      .map((bdf) => `uio-msi-conformance: giving ${bdf} back: the kernel complained\n`)
      .join(''),
  );
});

it('asks an executor that hangs for nothing more', async () => {
  const { given, jobs } = await play(() => null);
  expect([given, jobs.length]).toEqual(['hung', 1]);
  expect(parameter()).toBe('N\n');
});

it('takes an executor that died for a refusal', async () => {
  const { given } = await play(() => {
    throw new Error('died');
  });
  expect(given).toBe('refused');
});

it('says how to set a parameter that it could not, though the devices are back', async () => {
  const gone = { file: join(folder, 'gone', 'raw_access'), value: 'N' };
  parameters.push(gone);
  const { given } = await play(() => good);
  parameters.pop();
  expect(given).toBe('refused');
  expect(said).toContain(`printf '%s\\n' 'N' > ${gone.file}`);
});

it('gives back every device and parameter that it can, whichever it cannot', () => {
  said = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  writeFileSync(join(folder, 'raw_access'), 'Y\n');
  const restored: string[] = [];
  const borrowed = devices.map((device, i) => ({
    device,
    rig: {
      restore: () => {
        if (i === 0) throw new Error('refused');
        restored.push(device.bdf);
      },
    } as unknown as Rig,
  }));
  const gone = { file: join(folder, 'gone', 'raw_access'), value: 'N' };
  expect(giveBackDirectly(borrowed, [gone, ...parameters])).toBe('refused');
  expect(restored).toEqual(['0000:00:04.0']);
  expect(parameter()).toBe('N\n');
  expect(said).toContain('giving 0000:00:03.0 back: Error: refused');
  expect(said).toContain(`printf '%s\\n' 'N' > ${gone.file}`);
});
