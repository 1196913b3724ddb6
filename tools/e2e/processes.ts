// SPDX-License-Identifier: MIT
import { readdir, readFile } from 'node:fs/promises';

/** A process, told apart from a later one with the same id. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Its first 15 characters, as the kernel keeps them. */
  readonly name: string;
  /** When it began, in ticks since the machine did. */
  readonly began: string;
}

// proc_pid_stat(5): the name is in parentheses; state and parent follow it, the 22nd field is the start.
const parse = (pid: number, stat: string): Process[] => {
  const [, name = '', rest = ''] = /^\d+ \((.*)\) (.*)$/s.exec(stat) ?? [];
  const fields = rest.split(' ');
  // What has ended stays until its parent asks after it.
  return 'ZX'.includes(fields[0] ?? '')
    ? []
    : [{ pid, parent: Number(fields[1]), name, began: fields[19] ?? '' }];
};

const running = async (): Promise<Process[]> => {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const stats = pids.map(async (pid) =>
    parse(pid, await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')),
  );
  return (await Promise.all(stats)).flat();
};

/** The processes that one has started, and those that they have. */
export const descendantsOf = async (pid: number): Promise<Process[]> => {
  const all = await running();
  const below = (parent: number): Process[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return below(pid);
};

/** Those that are still there. */
export const stillThere = async (processes: readonly Process[]): Promise<Process[]> => {
  const all = await running();
  return processes.filter(({ pid, began }) => all.some((one) => one.pid === pid && one.began === began));
};
