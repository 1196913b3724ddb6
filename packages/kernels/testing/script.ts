// SPDX-License-Identifier: MIT
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const REGISTER = fileURLToPath(new URL('../../../tools/register.mjs', import.meta.url));

/** A script beside this file, in a process of its own. */
export interface Script {
  readonly process: ChildProcess;
  /** All lines that it has printed. */
  readonly lines: readonly string[];
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
}

/** Starts a script; `onLine` is called for each line that it prints. */
export const startScript = (
  name: string,
  args: readonly string[],
  onLine: (line: string, process: ChildProcess) => void = () => {},
): Script => {
  const script = fileURLToPath(new URL(name, import.meta.url));
  const node = ['--conditions=@uio-msi/source', '--import', REGISTER, script, ...args];
  const process_ = spawn(process.execPath, node, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const reader = createInterface({ input: process_.stdout });
  reader.on('line', (line) => {
    lines.push(line);
    onLine(line, process_);
  });
  const ended = new Promise<void>((resolve) => process_.on('close', () => resolve()));
  return { process: process_, lines, ended };
};
