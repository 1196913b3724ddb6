// SPDX-License-Identifier: MIT
import { setImmediate as tick } from 'node:timers/promises';
import type { StageName } from '@uio-msi/model';
import { expect, it } from 'vitest';
import type { PlannedCell } from '../plan/plan.js';
import { openBudget } from '../schedule/budget.js';
import { openAdmission } from './admission.js';

const AMOUNTS = { processors: 2, memory: 16_000 };

/** Cells that share one machine with two processors, and what each was admitted to. */
const cellsOnOne = () => {
  const budget = openBudget(AMOUNTS);
  const begun: string[] = [];
  const cell = (name: string) => {
    const planned = {
      machines: ['msix', 'mixed'],
      demands: { memory: 1024, patience: 1 },
    } as unknown as PlannedCell;
    const { signal } = new AbortController();
    const admission = openAdmission(planned, { budget, amounts: AMOUNTS, expected: () => 1, signal });
    const admit = async (stage: StageName) => {
      const leave = await admission.admit(stage);
      begun.push(`${name} ${stage}`);
      return leave;
    };
    return { ...admission, admit };
  };
  return { cell, begun };
};

it('lets the next cell build when one of two guests is off, and boot when both are', async () => {
  const { cell, begun } = cellsOnOne();
  const [a, b] = [cell('a'), cell('b')];
  await a.admit('boot');
  void b.admit('build').then((leave) => {
    leave();
    return b.admit('boot');
  });
  await tick();
  expect(begun).toEqual(['a boot']);
  a.guestOff();
  await tick();
  expect(begun).toEqual(['a boot', 'b build']);
  a.guestOff();
  await tick();
  expect(begun).toEqual(['a boot', 'b build', 'b boot']);
});

it('lets two cells build at once on two processors, and no third', async () => {
  const { cell, begun } = cellsOnOne();
  const [a, b, c] = [cell('a'), cell('b'), cell('c')];
  for (const one of [a, b, c]) void one.admit('build');
  await tick();
  expect(begun).toEqual(['a build', 'b build']);
});

it('gives back no guest twice', async () => {
  const { cell, begun } = cellsOnOne();
  const [a, b, c] = [cell('a'), cell('b'), cell('c')];
  await a.admit('boot');
  await a.admit('selftest');
  for (let again = 0; again < 3; again += 1) a.guestOff();
  a.end();
  await b.admit('boot');
  void c.admit('inspect');
  await tick();
  expect(begun).toEqual(['a boot', 'a selftest', 'b boot']);
  b.end();
  await tick();
  expect(begun.at(-1)).toBe('c inspect');
});
