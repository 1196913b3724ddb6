// SPDX-License-Identifier: MIT
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

const POLL_MS = 20;
const MIB = 2 ** 20;

/** What a command took. */
export interface Measured {
  readonly seconds: number;
  /** The most memory that it had at once. */
  readonly mib: number;
}

/** Runs a command and looks at it while it runs: memory of its last 20 ms is not seen. @throws when it fails */
export const measured = async (program: string, args: readonly string[]): Promise<Measured> => {
  const started = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000);
  });
  let exitCode: number | null | undefined;
  let seconds = 0;
  child.on('exit', (code) => {
    exitCode = code;
    seconds = (performance.now() - started) / 1000;
  });
  let mib = 0;
  while (exitCode === undefined) {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    mib = Math.max(mib, (Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024) / MIB);
    await setTimeout(POLL_MS);
  }
  if (exitCode !== 0) throw new Error(`${program} ${args.join(' ')} exited with ${exitCode}: ${said}`);
  return { seconds, mib };
};
