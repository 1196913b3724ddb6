// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { judgeTrial, trialsOf } from './judge.js';
import { guestsFor } from './run.js';

const result = (id: string, verdict: string, message: string | null = null) => ({
  ...{ type: 'case', id, title: id, clauses: [], device: 'rocker', vectors: 4, bdf: '01.0' },
  ...{ verdict, seconds: 1, message, log: null },
});
const start = (id: string) => ({ type: 'start', id, device: 'rocker', vectors: 4 });
const oops = { kind: 'oops', title: 'BUG: kernel NULL pointer dereference', text: '' };
const off = { end: 'poweroff', message: 'powered off', splats: [] } as const;
const claimed = { caughtBy: ['irq.replace'] };
const judge = (records: readonly { type: string }[], code: number | null, outcome: object = {}) =>
  judgeTrial(claimed, { id: 'm', records, code }, { ...off, ...outcome });

it('is caught when the case that claims it fails, whichever failed before', () => {
  const records = [result('irq.disarm', 'FAIL', 'first'), result('irq.replace', 'FAIL', 'lost')];
  expect(judge(records, 1)).toEqual({ fate: 'caught', case: 'irq.replace', message: 'lost' });
});

it('tells when only others catch it', () => {
  expect(judge([result('irq.disarm', 'FAIL', 'lost')], 1).fate).toBe('caught-by-another');
});

it('survives a case that passes', () => {
  expect(judge([start('irq.replace'), result('irq.replace', 'PASS')], 0).fate).toBe('survived');
});

it.each<[string, readonly { type: string }[], number | null, object]>([
  ['a case that was skipped', [result('irq.replace', 'SKIP', 'no provoker')], 4, {}],
  ['a suite that ran nothing', [], 0, {}],
  ['a suite with a code of its own', [result('irq.replace', 'PASS')], 3, {}],
  ['an error', [result('irq.replace', 'ERROR', 'cannot bind')], 1, {}],
  ['a module that does not load', [], 254, {}],
  ['a guest that ended before a case began', [], null, { end: 'panic' }],
  ['a QEMU that was killed', [start('irq.replace')], null, { end: 'killed' }],
])('knows nothing after %s', (_, records, code, outcome) => {
  expect(judge(records, code, outcome).fate).toBe('error');
});

it('is caught by the case that the kernel died in', () => {
  expect(judge([start('irq.replace')], null, { end: 'panic', splats: [oops] })).toEqual({
    ...{ fate: 'caught', case: 'irq.replace', message: oops.title },
  });
  expect(judge([start('irq.disarm')], null, { end: 'silence' }).fate).toBe('caught-by-another');
});

it('gives each mutant its own records', () => {
  const records = [
    { type: 'ready' },
    { type: 'mutant', id: 'a' },
    start('x'),
    { type: 'mutant-end', id: 'a', code: 1 },
    { type: 'mutant', id: 'b' },
    start('y'),
  ];
  expect(trialsOf(records)).toEqual([
    { id: 'a', records: [start('x')], code: 1 },
    { id: 'b', records: [start('y')], code: null },
  ]);
});

it('gives a guest to each machine, and to each that wants one to itself', () => {
  const one = (id: string, machine: string, alone = false) => ({ id, machine, alone });
  const groups = guestsFor([
    one('a', 's'),
    one('b', 's', true),
    one('c', 'm'),
    one('d', 's'),
    one('e', 's', true),
  ]);
  expect(groups.map((group) => group.map(({ id }) => id).join())).toEqual(['a,d', 'b', 'c', 'e']);
});
