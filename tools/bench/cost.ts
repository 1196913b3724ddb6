// SPDX-License-Identifier: MIT
import { run } from '@uio-msi/host';
import type { Bench, BenchContext, Measurement } from './bench.js';

/** How much dearer a round trip may be than through vfio-pci. */
const MOST = 1.05;
const ROUNDS = 21;
const SAMPLES = 500;

/** What the suite's command `cost` says of one device; seconds. */
interface CostRecord {
  readonly device: string;
  readonly uio: number;
  readonly vfio: number;
  readonly ratio: number;
}

const isCost = (record: { readonly type?: unknown }): boolean => record.type === 'cost';

/** Runs the suite's own comparison in a guest, where both drivers have the same devices in turn. */
const measure = async ({ root, state, kernel }: BenchContext): Promise<readonly CostRecord[]> => {
  const suite = [
    'node',
    '/suite/suite.mjs',
    'cost',
    '--all-known',
    '--disposable',
    '--stream',
    '/run/result',
  ];
  const command = [...suite, '--rounds', ROUNDS, '--samples', SAMPLES].join(' ');
  // One processor for both: from which one the process is woken is no matter of the driver.
  const args = [
    'boot',
    '--run',
    `taskset 1 ${command}`,
    '--kernels',
    kernel,
    '--state',
    state,
    '--json',
    '-',
  ];
  const { exitCode, stdout, stderr } = await run(`${root}/uio-msi`, args);
  if (exitCode !== 0)
    throw new Error(`uio-msi ${args.join(' ')} exited with ${exitCode}: ${stderr.slice(-2000)}`);
  return JSON.parse(stdout).records.filter(isCost);
};

/** From a device that raises a vector to the process that reads it, beside VFIO. */
export const cost: Bench = {
  name: 'cost',
  title: 'raise, eventfd, read: uio_msi beside vfio-pci',
  run: async (context) => {
    const records = await measure(context);
    if (records.length === 0) throw new Error('the suite compared no device');
    return records.map(
      ({ device, uio, vfio, ratio }): Measurement => ({
        what: `round trip of an interrupt of ${device}`,
        seconds: uio,
        runs: ROUNDS * SAMPLES,
        plain: { what: '`vfio-pci` without an IOMMU', seconds: vfio, ratio },
        goal: `at most ${MOST} times \`vfio-pci\``,
        kept: ratio <= MOST,
      }),
    );
  },
};
