// SPDX-License-Identifier: MIT
import { writeSync } from 'node:fs';
import { release } from 'node:os';
import { stepsToKeepParameters } from '../bench/mode.js';
import { createRig, type Rig } from '../bench/rig.js';
import { UioFile } from '../bench/uio-file.js';
import { type CallRound, callsFromHere, callsOfProgram, compareCalls } from '../cost/calls.js';
import { KERNEL_ROOTS } from '../pci/sysfs.js';
import { requireRunnable } from '../preflight/runnable.js';
import { openForWriting } from '../report/open.js';
import { createLastStepMemory, createTrace } from '../run/last-step.js';
import { O_RDWR } from '../sys/constants.js';
import { createLinuxSys } from '../sys/linux.js';
import { DRIVER } from '../uapi/uio-msi.js';
import type { DeviceOptions } from './device-options.js';
import { devicesOf } from './devices.js';
import { giveBackDirectly, WHEN_GIVEN_BACK } from './give-back.js';
import { lend } from './lending.js';

/** The options of `calls`, as commander gives them. */
export interface CallsOptions extends DeviceOptions {
  readonly beside: string;
  readonly rounds: number;
  readonly calls: number;
  readonly stream?: string;
}

/**
 * Makes the same ioctl again and again, from here and in a program, in turn, and compares them.
 *
 * @throws SuiteError when nothing was measured; the devices have been given back by then
 */
export const calls = (options: CallsOptions): number => {
  const devices = devicesOf(options);
  requireRunnable(KERNEL_ROOTS, DRIVER);
  const stream = options.stream === undefined ? null : openForWriting(options.stream);
  const parameters = stepsToKeepParameters(KERNEL_ROOTS);
  const lending = lend({ devices, attributes: [], parameters }, false, () => undefined);
  const rigs = devices.map((device) => ({ device, rig: createRig({ ...device, roots: KERNEL_ROOTS }) }));
  try {
    for (const { device, rig } of rigs) tell(device, measure(rig, options), stream);
  } finally {
    lending.over(giveBackDirectly(rigs, parameters));
  }
  return WHEN_GIVEN_BACK.done;
};

const measure = (rig: Rig, { beside, rounds, calls: count }: CallsOptions): readonly CallRound[] => {
  const sys = createLinuxSys();
  rig.bind();
  const file = new UioFile(sys, createTrace(createLastStepMemory()), sys.open(rig.uio().node, O_RDWR));
  const eventfd = sys.eventfd(0);
  try {
    file.arm(0, { fd: eventfd, label: 'the eventfd' });
    callsFromHere(file, count); // the first ones are not compiled yet
    return Array.from({ length: rounds }, (_, round) => {
      if (round % 2 === 0)
        return { here: callsFromHere(file, count), program: callsOfProgram(beside, file, count) };
      const program = callsOfProgram(beside, file, count);
      return { here: callsFromHere(file, count), program };
    });
  } finally {
    sys.close(file.fd);
    sys.close(eventfd);
  }
};

const nano = (seconds: number): string => `${(seconds * 1e9).toFixed(0)} ns`;

const tell = (
  { device, bdf }: { readonly device: string; readonly bdf: string },
  rounds: readonly CallRound[],
  stream: number | null,
): void => {
  const cost = compareCalls(rounds);
  process.stdout.write(
    `${device} ${bdf}: ${nano(cost.here)} a call, ${nano(cost.program)} in the program, ratio ${cost.ratio.toFixed(2)}\n`,
  );
  const record = { type: 'calls', version: 1, kernel: release(), device, bdf, ...cost, rounds };
  if (stream !== null) writeSync(stream, `${JSON.stringify(record)}\n`);
};
