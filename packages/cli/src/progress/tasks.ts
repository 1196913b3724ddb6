// SPDX-License-Identifier: MIT
import { stripVTControlCharacters } from 'node:util';
import type { ProgressEvent } from '@uio-msi/model';

/** A piece of work under way. */
export interface Task {
  readonly id: string;
  readonly title: string;
  readonly depth: number;
  /** What it is part of. */
  readonly parent: Task | undefined;
  /** When it began, in milliseconds of `performance.now()`. */
  readonly began: number;
  text: string;
  /** When it is expected to end, in the same; null when nobody knows. */
  ends: number | null;
}

/** Text that is safe on a terminal: one line, no control characters. */
export const oneLine = (text: string): string =>
  stripVTControlCharacters(text)
    .replace(/\p{Cc}+/gu, ' ')
    .trim();

/** Keeps the tasks under way in the order they are to be shown: children behind their parent. */
export class TaskList {
  readonly #tasks = new Map<string, Task>();

  /** Takes an event in; gives the task it is about. */
  follow(event: Exclude<ProgressEvent, { type: 'note' }>, now: number): Task | undefined {
    if (event.type === 'begin') {
      const parent = event.parent === undefined ? undefined : this.#tasks.get(event.parent);
      const depth = (parent?.depth ?? -1) + 1;
      const task: Task = {
        id: event.id,
        title: oneLine(event.title),
        depth,
        parent,
        began: now,
        text: '',
        ends: null,
      };
      this.#tasks.set(event.id, task);
      return task;
    }
    const task = this.#tasks.get(event.id);
    if (!task) return undefined;
    if (event.type === 'update' && event.remaining !== undefined)
      task.ends = event.remaining === null ? null : now + event.remaining * 1000;
    if (event.text === undefined && event.type === 'update') return task;
    const percent =
      event.type === 'update' && event.fraction !== undefined ? `${Math.floor(event.fraction * 100)} % ` : '';
    task.text = percent + oneLine(event.text ?? '');
    if (event.type === 'end') this.#tasks.delete(event.id);
    return task;
  }

  /** The tasks under way, oldest first, each with its parts behind it. */
  running(): readonly Task[] {
    const all = [...this.#tasks.values()];
    const withParts = (task: Task): readonly Task[] => [
      task,
      ...all.filter(({ parent }) => parent === task).flatMap(withParts),
    ];
    return all.filter(({ parent }) => !parent || !all.includes(parent)).flatMap(withParts);
  }
}

/** Seconds since a task began, as people read them: `4.2 s`, `3 min 12 s`. */
export const elapsed = (task: Task, now: number): string => {
  const seconds = (now - task.began) / 1000;
  return seconds < 60
    ? `${seconds.toFixed(1)} s`
    : `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
};

/** What remains of a task by what it took before: `, about 3 min left`; nothing when nobody knows, or it is later than that. */
export const remaining = ({ ends }: Task, now: number): string => {
  const seconds = ends === null ? 0 : (ends - now) / 1000;
  if (seconds <= 0) return '';
  return `, about ${seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`} left`;
};
