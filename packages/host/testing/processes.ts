// SPDX-License-Identifier: MIT
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Whether a process is there and not merely waiting for its parent to ask after it. */
export const isAlive = (pid: number): boolean => {
  try {
    // proc_pid_stat(5): the state follows the name, which is in parentheses
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

const REGISTER = fileURLToPath(new URL('../../../tools/register.mjs', import.meta.url));

/** Runs one of the scripts beside this file in a process of its own. */
export const startScript = (name: string, ...args: string[]): ChildProcess =>
  spawn(
    process.execPath,
    [
      '--conditions=@uio-msi/source',
      '--import',
      REGISTER,
      fileURLToPath(new URL(name, import.meta.url)),
      ...args,
    ],
    { stdio: 'pipe' },
  );

/** Resolves with the first line that a script prints. */
export const firstLine = (script: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = '';
    script.stdout?.on('data', (piece) => {
      text += piece;
      const [line, rest] = text.split('\n');
      if (line !== undefined && rest !== undefined) resolve(line);
    });
    script.on('exit', (code) => reject(new Error(`ended with ${code} before it said anything`)));
  });

/** Resolves when a script, or what it started on its terminal, has written a text to standard error. */
export const sawError = (script: ChildProcess, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = '';
    script.stderr?.on('data', (piece) => {
      said += piece;
      if (said.includes(text)) resolve();
    });
    script.on('exit', () => reject(new Error(`ended without "${text}": ${said}`)));
  });

/** Resolves with the exit code and the signal of a script. */
export const ending = (script: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> =>
  new Promise((resolve) => {
    if (script.exitCode !== null || script.signalCode !== null) resolve([script.exitCode, script.signalCode]);
    script.on('exit', (code, signal) => resolve([code, signal]));
  });
