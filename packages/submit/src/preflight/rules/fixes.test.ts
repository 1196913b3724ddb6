// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { broken } from '../../../testing/revision.js';
import { fixes } from './fixes.js';

const withLine = (line: string) => ({ patches: [{ message: `Why.\n\n${line}`, trailers: [] }] });

it.each([
  'Fixes: 54a4f0239f2e ("KVM: MMU: make kvm_mmu_zap_page() return the number of pages it actually freed")',
  'Fixes: 57c5f4df0a5a0ee83df799991251e2ee93a5e4e9 ("uio: fix crash (again)")',
  'It fixes: nothing of that kind',
])('lets through %s', async (line) => {
  expect(await broken(fixes, withLine(line))).toEqual([]);
});

it.each([
  ['Fixes: 54a4f02 ("KVM: MMU: make it")', 'has 7 digits of it'],
  ['Fixes: 54A4F0239F2E ("KVM: MMU: make it")', 'is not in the form that scripts read'],
  ['Fixes: commit 54a4f0239f2e ("KVM: MMU: make it")', 'is not in the form that scripts read'],
  ['fixes: 54a4f0239f2e ("KVM: MMU: make it")', 'is not in the form that scripts read'],
  [
    'Fixes: 54a4f0239f2e (KVM: MMU: make it)',
    'does not end with the commit\'s subject in ("…"), on the same line',
  ],
  ['Fixes: 54a4f0239f2e', 'does not end with the commit\'s subject in ("…"), on the same line'],
  ['Fixes: the crash', 'has no commit'],
])('finds %s', async (line, what) => {
  expect(await broken(fixes, withLine(line))).toEqual([`0001.patch: "${line}" ${what}`]);
});

it('finds a tag that goes on in the next line', async () => {
  expect(await broken(fixes, withLine('Fixes: 54a4f0239f2e ("KVM: MMU: make\n it")'))).toHaveLength(1);
});
