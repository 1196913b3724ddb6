// SPDX-License-Identifier: MIT
import { release } from 'node:os';
import { stepsToKeepParameters } from '../bench/mode.js';
import { stepsToTake } from '../bench/rig.js';
import { showStep, stepsToKeepAttributes } from '../pci/steps.js';
import { KERNEL_ROOTS, readPciDevice } from '../pci/sysfs.js';
import type { DeviceRecord } from '../report/records.js';
import type { Depth } from '../run/depth.js';
import { createExecutor } from '../run/executor.js';
import { countPlanned, type Elsewhere, planCases } from '../run/plan.js';
import { type Candidate, requireRunnable, selectCases, selectDevices } from '../run/select.js';
import { runSuite, type SuiteEnd } from '../run/suite.js';
import { EXIT_CODES } from '../run/verdict.js';
import { exitNow } from '../sys/exit-now.js';
import { DRIVER } from '../uapi/uio-msi.js';
import {
  giveBack,
  giveParametersBack,
  restoreSteps,
  tellHowToRestore,
  WHEN_GIVEN_BACK,
} from './give-back.js';
import { INTERRUPTED, listenForInterruption } from './interruption.js';
import { type OutputOptions, openOutputs } from './outputs.js';
import { startThread } from './thread.js';

/** The options of `run`, as commander gives them. */
export interface RunOptions extends OutputOptions {
  readonly device: readonly string[];
  readonly allKnown: boolean;
  readonly case: readonly string[];
  readonly timeout: number;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly disposable: boolean;
  readonly depth: Depth;
  readonly elsewhere: Elsewhere;
}

const ENVIRONMENT = 3;

/**
 * Tests the devices and gives the exit code.
 * @throws SuiteError when nothing was done, or the results could not be written; the devices have
 * been given back by then.
 */
export const run = async (options: RunOptions): Promise<number> => {
  const cases = selectCases(options.case);
  const devices = selectDevices(KERNEL_ROOTS, { ...options, devices: options.device });
  if (options.dryRun) return dryRun(devices, cases.length);
  requireRunnable(KERNEL_ROOTS, DRIVER);
  const reporter = openOutputs(options);
  const entry = process.argv[1] ?? '';
  const borrowed = {
    devices,
    attributes: devices.flatMap(({ bdf }) => stepsToKeepAttributes(KERNEL_ROOTS, bdf)),
    parameters: stepsToKeepParameters(KERNEL_ROOTS),
  };
  const { stop, outputLost } = listenForInterruption();
  const executor = createExecutor(startThread, {
    entry,
    devices: devices.map(recordOf),
    disposable: options.disposable,
  });
  const limitMs = options.timeout * 1000;
  const { depth, elsewhere } = options;
  const planned = planCases(cases, devices, (device) => device, { depth, elsewhere });
  const whole = planCases(cases, devices, (device) => device, { depth: 'full', elsewhere: [] });
  const left = countPlanned(whole) - countPlanned(planned);
  const plan = planned.map((one) => ({ ...one, device: recordOf(one.device) }));
  const suite = { kernel: release(), plan, depth, left, executor, reporter, limitMs, stop };
  const end = await runSuite(suite).catch((error: unknown) => ({ error }));
  const hung = 'lost' in end && end.lost;
  if (hung) {
    giveParametersBack(borrowed.parameters);
    tellHowToRestore(borrowed);
  }
  const given = hung ? 'hung' : await giveBack(executor, borrowed, limitMs);
  const error = 'error' in end ? end.error : outputLost();
  if (given === 'hung') {
    if (error !== null) process.stderr.write(`uio-msi-conformance: ${String(error)}\n`);
    exitNow('done' in end ? exitCode(end, stop) : ENVIRONMENT);
  }
  await executor.close();
  if (error !== null) throw error;
  const code = 'done' in end ? exitCode(end, stop) : ENVIRONMENT;
  return code === 0 ? WHEN_GIVEN_BACK[given] : code;
};

/** What results say of a device. */
const recordOf = ({ device, bdf, vectors, interrupts }: Candidate): DeviceRecord => ({
  device,
  bdf,
  vectors,
  interrupts,
});

const exitCode = ({ done }: SuiteEnd, stop: AbortSignal): number =>
  stop.aborted ? INTERRUPTED : EXIT_CODES[done.verdict];

const dryRun = (devices: readonly Candidate[], cases: number): number => {
  for (const device of devices) {
    const { bdf, original } = device;
    const bind = stepsToTake(KERNEL_ROOTS, readPciDevice(KERNEL_ROOTS, bdf), 'raw');
    const lines = [
      `# ${bdf} (${device.device}): give it to ${DRIVER}, in raw mode; for cases in safe mode with N`,
      ...bind.map(showStep),
      `# run ${cases} cases, of which some unbind, rebind, or remove this device and rescan its bus`,
      `# give it back to ${original.driver ?? 'nobody'}`,
      ...[...stepsToKeepAttributes(KERNEL_ROOTS, bdf), ...restoreSteps(device)].map(showStep),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
  const parameters = stepsToKeepParameters(KERNEL_ROOTS).map(showStep);
  process.stdout.write(
    `${['# give module parameters the values they have now', ...parameters].join('\n')}\n`,
  );
  return 0;
};
