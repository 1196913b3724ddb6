// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { suiteRecord } from './stream.js';

const fine = {
  type: 'case',
  id: 'irq.replace',
  title: 'replaces',
  clauses: ['IRQ-04'],
  device: 'rocker',
  vectors: 66,
  bdf: '0000:00:02.0',
  verdict: 'PASS',
  seconds: 0.02,
  message: null,
  log: null,
};

it('reads what the suite says', () => {
  const { type, ...result } = fine;
  const { bdf } = fine;
  expect(suiteRecord(fine)).toEqual({ type: 'case', bdf, result });
  expect(suiteRecord({ type: 'start', id: 'a', device: 'rocker', vectors: 4 })).toEqual({
    type: 'start',
    id: 'a',
    device: 'rocker',
    vectors: 4,
  });
  const devices = [{ device: 'rocker', bdf: 'x', vectors: 4, interrupts: 'msix' }];
  expect(suiteRecord({ type: 'suite', version: 1, devices, depth: 'quick', left: 3 })).toEqual({
    type: 'suite',
    devices,
    depth: 'quick',
    left: 3,
  });
  const counts = { passed: 3, failed: 0, errors: 0, skipped: 1 };
  expect(suiteRecord({ type: 'done', verdict: 'PASS', seconds: 2, ...counts })).toEqual({
    type: 'done',
    verdict: 'PASS',
    counts: [3, 0, 0, 1],
  });
});

it.each([
  ['another record', { type: 'ready', kernel: '7.2.6' }],
  ['the name of a property that every object has', { type: 'constructor' }],
])('leaves %s to others', (_, record) => {
  expect(suiteRecord(record)).toBeNull();
});

it.each([
  ['a verdict there is not', { ...fine, verdict: 'GOOD' }],
  ['no place of the device', { ...fine, bdf: undefined }],
  ['no id', { ...fine, id: undefined }],
  ['seconds that are no number', { ...fine, seconds: '1' }],
  ['clauses that are no list', { ...fine, clauses: 'IRQ-04' }],
  ['a message that is no text', { ...fine, message: {} }],
  ['a suite that does not say what it leaves out', { type: 'suite', devices: [] }],
  ['devices that are none', { type: 'suite', devices: [null] }],
  ['an end that counts nothing', { type: 'done', verdict: 'PASS' }],
])('tells of damage: %s', (_, record) => {
  expect(suiteRecord(record)).toEqual({ type: 'damaged', of: record.type });
});
