// SPDX-License-Identifier: MIT
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@uio-msi/host';
import type { Bench, BenchContext, Measurement } from './bench.js';

/** How much dearer a call may be than in a C program. */
const MOST = 3;
const ROUNDS = 11;
const CALLS = 20_000;

/** What the suite's command `calls` says of one device; seconds. */
interface CallsRecord {
  readonly device: string;
  readonly here: number;
  readonly program: number;
  readonly ratio: number;
}

const isCalls = (record: { readonly type?: unknown }): boolean => record.type === 'calls';

const succeed = async (command: string, args: readonly string[]): Promise<string> => {
  const { exitCode, stdout, stderr } = await run(command, args);
  if (exitCode === 0) return stdout;
  throw new Error(`${command} ${args.join(' ')} exited with ${exitCode}: ${stderr.slice(-2000)}`);
};

/** Both loops in one guest, on one processor, in turn. */
const measure = async ({ root, state, kernel }: BenchContext): Promise<readonly CallsRecord[]> => {
  const scratch = await mkdtemp(join(tmpdir(), 'uio-msi-bench-'));
  try {
    const program = join(scratch, 'ioctl');
    await succeed('gcc', ['-O2', '-static', '-o', program, join(root, 'tools/bench/ioctl.c')]);
    const suite = ['node', '/suite/suite.mjs', 'calls', '--all-known', '--stream', '/run/result'];
    const options = ['--beside', '/files/ioctl', '--rounds', ROUNDS, '--calls', CALLS];
    const stdout = await succeed(`${root}/uio-msi`, [
      ...['boot', '--run', `taskset 1 ${[...suite, ...options].join(' ')}`, '--file', program],
      ...['--machines', 'small', '--kernels', kernel, '--state', state, '--json', '-'],
    ]);
    return JSON.parse(stdout).records.filter(isCalls);
  } finally {
    await rm(scratch, { recursive: true });
  }
};

/** What the suite's own way to the kernel costs, beside C. */
export const calls: Bench = {
  name: 'calls',
  title: 'an ioctl from the suite, beside a C program',
  run: async (context) => {
    const records = await measure(context);
    if (records.length === 0) throw new Error('the suite measured no device');
    return records.map(
      ({ device, here, program, ratio }): Measurement => ({
        what: `a trigger by ioctl from the suite, on ${device}`,
        seconds: here,
        runs: ROUNDS * CALLS,
        plain: { what: 'the same loop in C', seconds: program, ratio },
        goal: `at most ${MOST} times C`,
        kept: ratio <= MOST,
      }),
    );
  },
};
