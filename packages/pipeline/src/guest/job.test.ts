// SPDX-License-Identifier: MIT
import { access, constants } from 'node:fs/promises';
import { findMachine } from '@uio-msi/machine';
import { expect, it } from 'vitest';
import { jobOf, SELFTEST, type Tasks } from './job.js';

const tasks: Tasks = {
  suite: false,
  selftests: false,
  drivers: ['uio', 'uio_msi'],
  demands: { memory: 1024, patience: 1 },
  depth: 'quick',
  elsewhere: [],
};
const machine = findMachine('mixed');

it('looks for the drivers when there is nothing else to do', () => {
  expect(jobOf(machine, tasks).slice(-2)).toEqual(['uio', 'uio_msi']);
});

it('runs the selftests first, on each kind of device that the machine has for them', async () => {
  await access(SELFTEST, constants.X_OK);
  const job = jobOf(machine, { ...tasks, suite: true, selftests: true });
  expect(job.slice(0, 5)).toEqual(['/bin/selftest', '40', 'uio_msi', '1234:11e8,8086:100e', 'node']);
});

it('tells the suite how much to do, and what another machine does', () => {
  const job = (elsewhere: readonly string[]) =>
    jobOf(machine, { ...tasks, suite: true, elsewhere }).join(' ');
  expect(job([])).toContain(' --depth quick --stream ');
  expect(job(['driver', 'msix'])).toContain(' --depth quick --elsewhere driver msix --stream ');
});
