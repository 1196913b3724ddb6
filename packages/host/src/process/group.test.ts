// SPDX-License-Identifier: MIT
import { afterEach, expect, it, vi } from 'vitest';
import { endGroup } from './group.js';

afterEach(() => vi.restoreAllMocks());

const refusing = (code: string) =>
  vi.spyOn(process, 'kill').mockImplementation(() => {
    throw Object.assign(new Error(code), { code });
  });

it('does not take a group that it may not signal for one that is gone', async () => {
  const kill = refusing('EPERM');
  await endGroup(12345);
  expect(kill).toHaveBeenCalledWith(-12345, 'SIGKILL');
});

it('leaves a group alone that is gone', async () => {
  const kill = refusing('ESRCH');
  await endGroup(12345);
  expect(kill.mock.calls).toEqual([[-12345, 'SIGTERM']]);
});
