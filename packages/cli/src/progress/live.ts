// SPDX-License-Identifier: MIT
import { clearScreenDown, moveCursor } from 'node:readline';
import type { WriteStream } from 'node:tty';
import { paint } from '../output/paint.js';
import type { ProgressStyle, ShownProgress } from './start.js';
import { elapsed, oneLine, remaining, TaskList } from './tasks.js';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;

const MARK = {
  good: ['✓', 'green'],
  bad: ['✗', 'red'],
  skipped: ['–', 'yellow'],
} as const;

/**
 * Progress on a terminal: what ended stays, what is under way moves below it.
 * Not listr2: work is told by events from the depth of the packages, and its tasks are a tree of
 * functions known beforehand (docs/decisions/0007-progress-view.md).
 */
export const liveProgress = (stream: WriteStream, style: ProgressStyle): ShownProgress => {
  const tasks = new TaskList();
  let frame = 0;
  let height = 0;

  const erase = () => {
    if (height === 0) return;
    moveCursor(stream, 0, -height);
    clearScreenDown(stream);
    height = 0;
  };
  const draw = () => {
    const [whole, ...parts] = tasks.running();
    // What all of it is stays in sight, however many parts there are.
    const rows = [...(whole ? [whole] : []), ...parts.slice(-Math.max(1, stream.rows - 3))];
    const now = performance.now();
    for (const task of rows) {
      const spinner = FRAMES[frame % FRAMES.length] ?? '';
      const head = `${'  '.repeat(task.depth)}${spinner} ${task.title} ${elapsed(task, now)}${remaining(task, now)}`;
      const room = Math.max(0, stream.columns - head.length - 2);
      stream.write(
        `${head.slice(0, stream.columns - 1)} ${paint(task.text.slice(0, room), 'dim', style.color)}\n`,
      );
    }
    height = rows.length;
  };
  const keep = (line: string) => {
    erase();
    stream.write(`${line}\n`);
    draw();
  };
  const timer = setInterval(() => {
    frame += 1;
    erase();
    draw();
  }, FRAME_MS);
  timer.unref();

  return {
    progress: (event) => {
      if (event.type === 'note') return keep(oneLine(event.text));
      const now = performance.now();
      const task = tasks.follow(event, now);
      if (!task || event.type !== 'end' || (task.depth > 1 && !style.verbose)) return;
      const [mark, color] = MARK[event.verdict];
      const detail = paint(`${elapsed(task, now)} ${task.text}`.trimEnd(), 'dim', style.color);
      keep(`${'  '.repeat(task.depth)}${paint(mark, color, style.color)} ${task.title} ${detail}`);
    },
    end: () => {
      clearInterval(timer);
      erase();
    },
  };
};
