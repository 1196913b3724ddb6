// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { TaskList } from './tasks.js';

const begin = (id: string, parent?: string) =>
  ({ type: 'begin', id, title: id, ...(parent !== undefined && { parent }) }) as const;

it('shows each part behind what it is part of, whatever began when', () => {
  const tasks = new TaskList();
  for (const event of [
    begin('run'),
    begin('a', 'run'),
    begin('b', 'run'),
    begin('b/build', 'b'),
    begin('a/boot', 'a'),
  ])
    tasks.follow(event, 0);
  const shown = () => tasks.running().map(({ id, depth }) => `${depth} ${id}`);
  expect(shown()).toEqual(['0 run', '1 a', '2 a/boot', '1 b', '2 b/build']);
  tasks.follow({ type: 'end', id: 'a', verdict: 'good' }, 0);
  expect(shown()).toContain('2 a/boot');
});
