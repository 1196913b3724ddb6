// SPDX-License-Identifier: MIT
import { silent } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { ROOT } from '../world/root.js';
import type { World } from '../world/world.js';
import { runJob } from './job.js';

const untouched = (): never => {
  throw new Error('something was begun');
};
const world: World = {
  root: ROOT,
  stateDir: '/nowhere',
  openState: untouched,
  caller: { yes: false, terminal: false, root: false, ask: untouched },
  progress: silent,
  signal: new AbortController().signal,
  color: false,
  commandLine: 'test',
};
const OPTIONS = { series: 'uio_msi', config: ['minimal'] };
const JOB = { command: 'true', file: undefined };

it.each([
  ['kernels', { kernels: ['6.12', '7.2'] }],
  ['configs', { config: ['minimal', 'debug'] }],
  ['machines', { machines: ['msix', 'mixed'] }],
])('refuses several %s before anything is begun, rather than drop all but one', async (axis, more) => {
  await expect(runJob({ ...OPTIONS, ...more }, JOB, world)).rejects.toMatchObject({
    code: 'more-than-one',
    message: `--run is for one guest, and 2 ${axis} are named`,
  });
});

it('refuses a configuration that gives no kernel before anything is begun', async () => {
  await expect(runJob({ ...OPTIONS, config: ['allmod'] }, JOB, world)).rejects.toMatchObject({
    code: 'nothing-to-boot',
    message: '--run is for a guest, and of allmod only what the series touches is compiled',
  });
});

it('goes on with one of each, and with machines that nobody named', async () => {
  const one = { ...OPTIONS, kernels: ['7.2'] };
  await expect(runJob(one, JOB, world)).rejects.toThrow('something was begun');
});
