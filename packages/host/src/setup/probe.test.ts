// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { probeTools, toolVersion } from './probe.js';
import { TOOLS } from './tools.js';

const tool = (name: string, more = {}) => ({ name, package: name, purpose: 'a test', ...more });

it('finds commands, also those of the administrator, and headers', async () => {
  const probed = await probeTools([tool('sh'), tool('ldconfig'), tool('libc', { header: 'stdio.h' })]);
  expect(probed.map(({ path }) => path)).toEqual([
    expect.stringMatching(/\/sh$/),
    expect.stringMatching(/sbin\/ldconfig$/),
    '/usr/include/stdio.h',
  ]);
});

it('misses what is not there, and what is not static when it must be', async () => {
  const probed = await probeTools([
    tool('no-such-command'),
    tool('x', { header: 'no/such.h' }),
    tool('perl', { static: true }),
    tool('busybox', { static: true }),
  ]);
  expect(probed.map(({ path }) => path !== null)).toEqual([false, false, false, true]);
});

it('reads versions of commands that tell theirs', async () => {
  const [git, libc] = await probeTools([tool('git'), tool('libc', { header: 'stdio.h' })]);
  expect(git && (await toolVersion(git))).toMatch(/^git version \d/);
  expect(libc && (await toolVersion(libc))).toBeNull();
});

it('names each tool once', () => {
  expect(new Set(TOOLS.map(({ name }) => name)).size).toBe(TOOLS.length);
});
