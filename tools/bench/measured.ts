// SPDX-License-Identifier: MIT
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

const POLL_MS = 20;
const MIB = 2 ** 20;

// sysconf(_SC_CLK_TCK), which Linux gives every program as 100.
const TICKS = 100;

/** What a command took. */
export interface Measured {
  readonly seconds: number;
  /** Seconds of the processors, its own and those of children that have ended: no matter what else the machine does. */
  readonly cpu: number;
  /** The most memory that it had at once. */
  readonly mib: number;
}

/** Runs a command and looks at it while it runs: the last 20 ms are not seen. @throws when it fails */
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
  let [cpu, mib] = [0, 0];
  while (exitCode === undefined) {
    const read = (name: string) => readFile(`/proc/${child.pid}/${name}`, 'utf8').catch(() => '');
    mib = Math.max(mib, (Number(/^VmHWM:\s+(\d+) kB/m.exec(await read('status'))?.[1] ?? 0) * 1024) / MIB);
    cpu = Math.max(cpu, cpuSeconds(await read('stat')));
    await setTimeout(POLL_MS);
  }
  if (exitCode !== 0) throw new Error(`${program} ${args.join(' ')} exited with ${exitCode}: ${said}`);
  return { seconds, cpu, mib };
};

/** utime, stime, cutime and cstime of proc(5): behind the name, which may have anything in it, the 12th to 15th. */
const cpuSeconds = (stat: string): number => {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS;
};
