// SPDX-License-Identifier: MIT
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where this process's threads sleep in the kernel, for those that no signal wakes (state D).
 * Root also sees the stack, where the kernel keeps one.
 */
export const describeStuckThreads = (proc = '/proc'): string[] => {
  const folder = join(proc, 'self/task');
  return readdirSync(folder).flatMap((task) => {
    const text = (file: string) => readIfThere(join(folder, task, file)).trim();
    if (!/^State:\s+D/m.test(text('status'))) return [];
    return [
      `thread ${task} sleeps in ${text('wchan') || 'the kernel'}`,
      ...text('stack').split('\n').filter(Boolean),
    ];
  });
};

const readIfThere = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
