// SPDX-License-Identifier: MIT
import type { Finding } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { applyWaivers, type Waiver } from './waivers.js';

const finding: Finding = {
  tool: 'sparse',
  kind: 'warning',
  severity: 'warning',
  file: 'drivers/uio/uio.c',
  line: 7,
  message: "context imbalance in 'uio_open' - unexpected unlock",
};
const waiver: Waiver = {
  tool: 'sparse',
  file: 'drivers/uio/uio.c',
  message: 'context imbalance',
  why: 'sparse does not follow the guard',
  until: '2027-03-31',
  expired: false,
};
const apply = (waivers: readonly Waiver[], findings: readonly Finding[] = [finding]) =>
  applyWaivers(findings, waivers, 'series.yaml');

it('makes a note of what is waived, with the reason and the day', () => {
  expect(apply([waiver])).toEqual([
    {
      ...finding,
      severity: 'note',
      message: `${finding.message} (waived until 2027-03-31: sparse does not follow the guard)`,
    },
  ]);
});

it.each([
  ['tool', { tool: 'smatch' }],
  ['kind', { kind: 'error' }],
  ['file', { file: 'drivers/uio/uio_msi.c' }],
  ['message', { message: 'unexpected lock' }],
])('waives nothing with another %s, and is said to fit nothing', (_, other) => {
  const [first, ...more] = apply([{ ...waiver, ...other }]);
  expect(first).toEqual(finding);
  expect(more).toMatchObject([
    { tool: 'waivers', kind: 'unused', severity: 'note', file: 'series.yaml', line: null },
  ]);
  expect(more[0]?.message).toMatch(/^the waiver of (sparse|smatch) .*fits nothing$/);
});

it('is a finding when it has expired, and waives nothing any more', () => {
  expect(apply([{ ...waiver, expired: true }])).toEqual([
    finding,
    {
      ...{ tool: 'waivers', kind: 'expired', severity: 'error', file: 'series.yaml', line: null },
      message:
        'the waiver of sparse in drivers/uio/uio.c "context imbalance" (sparse does not follow the guard) expired after 2027-03-31; correct what it is about, or decide anew',
    },
  ]);
});

it('says of one that has expired when there is nothing left for it', () => {
  const [only] = apply([{ ...waiver, expired: true }], []);
  expect(only).toMatchObject({ kind: 'expired', message: expect.stringMatching(/fits nothing: remove it$/) });
});
