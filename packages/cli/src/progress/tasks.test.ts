// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { remaining, TaskList } from './tasks.js';

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

it('counts down to when a task is expected to end, and is silent when nobody knows or it is late', () => {
  const tasks = new TaskList();
  const task = tasks.follow(begin('a'), 0);
  if (!task) throw new Error('no task');
  expect(remaining(task, 0)).toBe('');
  tasks.follow({ type: 'update', id: 'a', text: 'CC a.o' }, 0);
  tasks.follow({ type: 'update', id: 'a', remaining: 200 }, 0);
  expect([task.text, remaining(task, 0)]).toEqual(['CC a.o', ', about 3 min left']);
  expect(remaining(task, 150_000)).toBe(', about 50 s left');
  expect(remaining(task, 201_000)).toBe('');
  tasks.follow({ type: 'update', id: 'a', remaining: null }, 0);
  expect(remaining(task, 0)).toBe('');
});
