// SPDX-License-Identifier: MIT
import type { Writable } from 'node:stream';
import type { ProgressStyle, ShownProgress } from './start.js';
import { elapsed, oneLine, remaining, TaskList } from './tasks.js';

// A log needs to see that work goes on, not every step of it.
const UPDATE_EVERY_MS = 15_000;

const WORD = { good: 'ok', bad: 'FAILED', skipped: 'skipped' } as const;

/** Progress as lines, for logs and pipes: when work begins, every now and then, and when it ends. */
export const plainProgress = (
  stream: Writable,
  style: ProgressStyle,
  clock: () => number = () => performance.now(),
): ShownProgress => {
  const tasks = new TaskList();
  const told = new Map<string, number>();
  const line = (depth: number, text: string) => stream.write(`${'  '.repeat(depth)}${text}\n`);
  return {
    progress: (event) => {
      if (event.type === 'note') return void line(0, oneLine(event.text));
      const now = clock();
      const task = tasks.follow(event, now);
      if (!task) return;
      // Of several cells at once each line says whose it is.
      const title = task.depth > 1 ? `${task.parent?.title}: ${task.title}` : task.title;
      if (event.type === 'end') {
        told.delete(task.id);
        line(
          task.depth,
          [`${WORD[event.verdict]}: ${title}`, `(${elapsed(task, now)})`, task.text].join(' ').trimEnd(),
        );
      } else if (event.type === 'begin') {
        told.set(task.id, now);
        if (task.depth === 0 || style.verbose) line(task.depth, `${title} ...`);
      } else if (event.text !== undefined && now - (told.get(task.id) ?? now) >= UPDATE_EVERY_MS) {
        told.set(task.id, now);
        line(
          task.depth,
          `${title}: ${task.text} (${elapsed(task, now)}${remaining(task.parent ?? task, now)})`,
        );
      }
    },
    end: () => {},
  };
};
