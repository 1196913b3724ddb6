// SPDX-License-Identifier: MIT
import { release } from 'node:os';
import { stepsToKeepParameters } from '../bench/mode.js';
import { modelRecordOf } from '../devices/table.js';
import { stepsToKeepAttributes } from '../pci/steps.js';
import { KERNEL_ROOTS } from '../pci/sysfs.js';
import { requireRunnable } from '../preflight/runnable.js';
import type { DeviceRecord } from '../report/records.js';
import { allOf } from '../report/reporter.js';
import type { Depth } from '../run/depth.js';
import { createExecutor } from '../run/executor.js';
import { countPlanned, type Elsewhere, planCases } from '../run/plan.js';
import { type Candidate, selectCases } from '../run/select.js';
import { runSuite, type SuiteEnd } from '../run/suite.js';
import { EXIT_CODES } from '../run/verdict.js';
import { exitNow } from '../sys/exit-now.js';
import { DRIVER } from '../uapi/uio-msi.js';
import { type BundleOptions, openBundle, readClaim } from './bundle.js';
import type { DeviceOptions } from './device-options.js';
import { devicesOf } from './devices.js';
import { dryRun } from './dry-run.js';
import { giveBack, giveParametersBack, tellHowToRestore, WHEN_GIVEN_BACK } from './give-back.js';
import { INTERRUPTED, listenForInterruption } from './interruption.js';
import { lend } from './lending.js';
import { type OutputOptions, openOutputs } from './outputs.js';
import { startThread } from './thread.js';

/** The options of `run`, as commander gives them. */
export interface RunOptions extends OutputOptions, BundleOptions, DeviceOptions {
  readonly case: readonly string[];
  readonly timeout: number;
  readonly dryRun: boolean;
  readonly disposable: boolean;
  /** Of random sequences. */
  readonly operations: number;
  readonly seed: number;
  readonly depth: Depth;
  readonly elsewhere: Elsewhere;
  readonly rates: boolean;
}

const NOT_PASSED = 1;
const ENVIRONMENT = 3;

/**
 * Tests the devices and gives the exit code.
 * @throws SuiteError when nothing was done, or the results could not be written; the devices have
 * been given back by then.
 */
export const run = async (options: RunOptions): Promise<number> => {
  const claim = readClaim(options);
  const cases = selectCases(options.case);
  const devices = devicesOf(options);
  if (options.dryRun) return dryRun(devices, cases.length);
  requireRunnable(KERNEL_ROOTS, DRIVER);
  const outputs = openOutputs(options);
  const bundle = openBundle(claim, devices);
  const reporter = allOf([outputs, ...(bundle === null ? [] : [bundle.reporter])]);
  const entry = process.argv[1] ?? '';
  const borrowed = {
    devices,
    attributes: devices.flatMap(({ bdf }) => stepsToKeepAttributes(KERNEL_ROOTS, bdf)),
    parameters: stepsToKeepParameters(KERNEL_ROOTS),
  };
  const lending = lend(borrowed, options.disposable, () => bundle?.discard());
  const { stop, outputLost } = listenForInterruption();
  const executor = createExecutor(startThread, {
    entry,
    devices: devices.map((device) => ({ ...recordOf(device), model: modelRecordOf(device.model) })),
    disposable: options.disposable,
    exploration: { operations: options.operations, seed: options.seed },
  });
  const limitMs = options.timeout * 1000;
  const { depth, elsewhere, rates } = options;
  const planned = planCases(cases, devices, (device) => device, { depth, elsewhere });
  const whole = planCases(cases, devices, (device) => device, { depth: 'full', elsewhere: [] });
  const left = countPlanned(whole) - countPlanned(planned);
  const plan = planned.map((one) => ({ ...one, device: recordOf(one.device) }));
  const suite = { kernel: release(), plan, depth, left, executor, reporter, limitMs, rates, stop };
  const end = await runSuite(suite).catch((error: unknown) => ({ error }));
  const hung = 'lost' in end && end.lost;
  if (hung) {
    giveParametersBack(borrowed.parameters);
    tellHowToRestore(borrowed);
  }
  const given = hung ? 'hung' : await giveBack(executor, borrowed, limitMs);
  lending.over(given);
  const error = 'error' in end ? end.error : outputLost();
  if (given === 'hung') {
    const told = error ?? attempt(() => bundle?.finish());
    if (told !== null) process.stderr.write(`uio-msi-conformance: ${String(told)}\n`);
    exitNow('done' in end ? exitCode(end, stop) : ENVIRONMENT);
  }
  await executor.close();
  if (error !== null) throw error;
  const claimsHold = bundle?.finish() ?? true;
  const code = 'done' in end ? exitCode(end, stop) : ENVIRONMENT;
  if (code !== 0) return code;
  return claimsHold ? WHEN_GIVEN_BACK[given] : NOT_PASSED;
};

/** What went wrong; null when nothing did. */
const attempt = (act: () => void): unknown => {
  try {
    act();
    return null;
  } catch (error) {
    return error;
  }
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
