// SPDX-License-Identifier: MIT
import { writeSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { hasRawMode, stepsToKeepParameters } from '../bench/mode.js';
import { createRig } from '../bench/rig.js';
import { loadProvoker } from '../devices/load-provoker.js';
import { modelRecordOf } from '../devices/table.js';
import { UserError } from '../errors.js';
import { openKernelLog } from '../health/kernel-log.js';
import { readKernelState } from '../health/kernel-state.js';
import { KERNEL_ROOTS } from '../pci/sysfs.js';
import { requireRunnable } from '../preflight/runnable.js';
import { openForWriting } from '../report/open.js';
import type { Candidate } from '../run/select.js';
import { conduct } from '../stress/conduct.js';
import { countOperations } from '../stress/figures.js';
import type { Target } from '../stress/hands.js';
import { judgeStress } from '../stress/judge.js';
import { comesToRawMode } from '../stress/rebind.js';
import { recordOf, showStress } from '../stress/record.js';
import { ALL_OPERATIONS } from '../stress/roles.js';
import { createLinuxSys } from '../sys/linux.js';
import { DRIVER } from '../uapi/uio-msi.js';
import type { DeviceOptions } from './device-options.js';
import { devicesOf } from './devices.js';
import { type GivenBack, giveBackDirectly, WHEN_GIVEN_BACK } from './give-back.js';
import { INTERRUPTED, listenForInterruption } from './interruption.js';
import { lend } from './lending.js';

/** The options of `stress`, as commander gives them. */
export interface StressOptions extends DeviceOptions {
  /** Seconds. */
  readonly for?: number;
  readonly operations?: number;
  readonly seed?: number;
  readonly processes?: number;
  /** Names of operations to leave out. */
  readonly without: readonly string[];
  readonly stream?: string;
}

/**
 * An hour's worth of operations: a hundred a second for an hour. A driver in user space does a few
 * when it starts, and masks and unmasks some after that.
 */
export const HOUR = 360_000;

/** Of those that the suite comes with, which raise a vector whatever else is being done to them. */
const RAISING: readonly string[] = ['rocker', 'e1000e'];

const FAILED = 1;

/**
 * Does operations at random on the devices, from several processes, and says what came of it.
 *
 * @throws SuiteError when nothing was done, or the result could not be written
 */
export const stress = async (options: StressOptions): Promise<number> => {
  const { without } = options;
  without.forEach(requireOperation);
  const devices = devicesOf(options);
  requireRunnable(KERNEL_ROOTS, DRIVER);
  const stream = options.stream === undefined ? null : openForWriting(options.stream);
  const { stop } = listenForInterruption();
  const sys = createLinuxSys();
  const log = openKernelLog(sys);
  const parameters = stepsToKeepParameters(KERNEL_ROOTS);
  const borrowed = devices.map((device) => ({ device, rig: createRig({ ...device, roots: KERNEL_ROOTS }) }));
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 32);
  const processes = options.processes ?? 2 * availableParallelism() + 2;
  say(
    `seed ${seed}, ${processes} processes on ${devices.map(({ device, bdf }) => `${device} ${bdf}`).join(', ')}`,
  );
  const lending = lend({ devices, attributes: [], parameters }, false, () => log.close());
  const underStress = async (): Promise<number> => {
    const raising = [...RAISING, ...options.provoker.map((path) => loadProvoker(path).name)];
    const targets = devices.map((device) => targetOf(device, raising));
    const rebinds = !without.includes('rebind');
    const raw = targets.map((target) => hasRawMode(KERNEL_ROOTS) && comesToRawMode(target, without));
    borrowed.forEach(({ rig }, i) => {
      rig.bind(raw[i] && !rebinds ? 'raw' : 'safe');
    });
    log.take();
    const patients = borrowed.map(({ rig }) => ({ rig, before: readKernelState(rig) }));
    const end = await conduct({
      targets,
      seed,
      without,
      processes,
      operations: options.operations ?? (options.for === undefined ? HOUR : Number.POSITIVE_INFINITY),
      forMs: (options.for ?? Number.POSITIVE_INFINITY) * 1000,
      entry: process.argv[1] ?? '',
      log,
      stop,
      onProgress: ({ figures }, ms) =>
        say(`${countOperations(figures)} operations in ${Math.round(ms / 1000)} s`),
    });
    const complaints = judgeStress(end, patients, raw.includes(true), sys);
    const record = recordOf(end, { devices, seed, without, processes, complaints });
    process.stdout.write(`${showStress(record, end.lines).join('\n')}\n`);
    if (stream !== null) writeSync(stream, `${JSON.stringify(record)}\n`);
    if (stop.aborted) return INTERRUPTED;
    return complaints.length === 0 ? 0 : FAILED;
  };
  let given: GivenBack = 'done';
  const code = await underStress().finally(() => {
    given = giveBackDirectly(borrowed, parameters);
    lending.over(given);
    log.close();
  });
  return code === 0 ? WHEN_GIVEN_BACK[given] : code;
};

/** Without `open` there would be nothing to do anything with. */
const OPTIONAL = ALL_OPERATIONS()
  .map(({ name }) => name)
  .filter((name) => name !== 'open');

/** @throws UserError when it is no operation that can be left out. */
const requireOperation = (name: string): void => {
  if (!OPTIONAL.includes(name))
    throw new UserError(`'${name}' cannot be left out. What can: ${OPTIONAL.join(', ')}`);
};

const say = (text: string) => void process.stderr.write(`uio-msi-conformance: ${text}\n`);

const targetOf = ({ bdf, vectors, interrupts, model }: Candidate, raising: readonly string[]): Target => ({
  bdf,
  vectors,
  model:
    interrupts === 'msix' && model !== null && raising.includes(model.name) ? modelRecordOf(model) : null,
});
