// SPDX-License-Identifier: MIT
import { openSync } from 'node:fs';
import { release } from 'node:os';
import { EnvironmentError } from '../errors.js';
import { showStep, stepsToBind, stepsToRestore } from '../pci/steps.js';
import { KERNEL_ROOTS, readPciDevice } from '../pci/sysfs.js';
import { createJsonReporter } from '../report/json.js';
import { createKtapReporter } from '../report/ktap.js';
import type { DeviceRecord } from '../report/records.js';
import { allOf, type Reporter } from '../report/reporter.js';
import { createStreamReporter } from '../report/stream.js';
import { createExecutor } from '../run/executor.js';
import type { Executor } from '../run/protocol.js';
import { type Candidate, requireRunnable, selectCases, selectDevices } from '../run/select.js';
import { runSuite } from '../run/suite.js';
import { EXIT_CODES } from '../run/verdict.js';
import { exitNow } from '../sys/exit-now.js';
import { DRIVER } from '../uapi/uio-msi.js';
import { startThread } from './thread.js';

/** The options of `run`, as commander gives them. */
export interface RunOptions {
  readonly device: readonly string[];
  readonly allKnown: boolean;
  readonly case: readonly string[];
  readonly json?: string;
  readonly stream?: string;
  readonly timeout: number;
  readonly dryRun: boolean;
  readonly force: boolean;
}

const INTERRUPTED = 130;

/** Tests the devices and gives the exit code. */
export const run = async (options: RunOptions): Promise<number> => {
  const cases = selectCases(options.case);
  const devices = selectDevices(KERNEL_ROOTS, { ...options, devices: options.device });
  if (options.dryRun) return dryRun(devices, cases.length);
  requireRunnable(KERNEL_ROOTS, DRIVER);
  const reporter = allOf(reportersOf(options));
  const entry = process.argv[1] ?? '';
  const records = devices.map(({ device, bdf, vectors }): DeviceRecord => ({ device, bdf, vectors }));
  const executor = createExecutor(startThread, { entry, devices: records });
  const stop = new AbortController();
  const onSignal = () => {
    process.stderr.write(
      'uio-msi-conformance: interrupted; finishing this case and giving the devices back\n',
    );
    stop.abort();
  };
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  const limitMs = options.timeout * 1000;
  const end = await runSuite({
    kernel: release(),
    devices: records,
    cases,
    executor,
    reporter,
    limitMs,
    stop: stop.signal,
  });
  const restored = !end.lost && (await restore(executor, devices, limitMs));
  if (!restored) tellHowToRestore(devices);
  const code = stop.signal.aborted ? INTERRUPTED : EXIT_CODES[end.done.verdict];
  if (end.lost) await exitNow(code);
  await executor.close();
  return code;
};

const reportersOf = ({ json, stream }: RunOptions): Reporter[] => [
  createKtapReporter((text) => void process.stdout.write(text)),
  ...(json === undefined ? [] : [createJsonReporter(json)]),
  ...(stream === undefined ? [] : [createStreamReporter(openForWriting(stream))]),
];

const openForWriting = (path: string): number => {
  try {
    return openSync(path, 'w');
  } catch (error) {
    throw new EnvironmentError(
      `Cannot write the stream to ${path}: ${(error as NodeJS.ErrnoException).code}`,
    );
  }
};

const restore = async (
  executor: Executor,
  devices: readonly Candidate[],
  limitMs: number,
): Promise<boolean> => {
  let good = true;
  for (const { bdf, original } of devices) {
    const outcome = await executor.run({ kind: 'restore', bdf, original }, limitMs);
    good &&= outcome?.verdict === 'PASS';
  }
  return good;
};

const tellHowToRestore = (devices: readonly Candidate[]): void => {
  process.stderr.write(
    'uio-msi-conformance: the devices could not be given back to their drivers. By hand:\n',
  );
  for (const step of devices.flatMap(restoreSteps)) process.stderr.write(`  ${showStep(step)}\n`);
};

const restoreSteps = ({ bdf, original }: Candidate) =>
  stepsToRestore(KERNEL_ROOTS, { bdf, id: '', driver: DRIVER, override: DRIVER }, original);

const dryRun = (devices: readonly Candidate[], cases: number): number => {
  for (const device of devices) {
    const { bdf, original } = device;
    const bind = stepsToBind(KERNEL_ROOTS, readPciDevice(KERNEL_ROOTS, bdf), DRIVER);
    const lines = [
      `# ${bdf} (${device.device}): give it to ${DRIVER}`,
      ...bind.map(showStep),
      `# run ${cases} cases, of which some unbind, rebind, or remove and rescan this device`,
      `# give it back to ${original.driver ?? 'nobody'}`,
      ...restoreSteps(device).map(showStep),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
  return 0;
};
