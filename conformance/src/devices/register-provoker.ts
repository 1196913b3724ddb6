// SPDX-License-Identifier: MIT
import { EnvironmentError } from '../errors.js';
import { compileReach, OutOfBounds, type Reach } from './bounds.js';
import { CannotProvoke, type DeviceModel, type Provoker, type Registers } from './device.js';
import type { Names } from './expression.js';
import type { Phase, ProvokerFile, Step, WaitStep } from './provoker-file.js';

type Ready = { readonly ms: number } | Reach;

const NEVER = new Int32Array(new SharedArrayBuffer(4));
const pause = (ms: number): void => void Atomics.wait(NEVER, 0, 0, ms);

/** The model that a provoker file describes. */
export const modelOfFile = (file: ProvokerFile): DeviceModel => ({
  name: file.name,
  ids: file.match,
  ...(file.line && { line: true }),
  provoker: (registers) => createProvoker(file, registers),
  file,
});

/** Whether the provoker returns as soon as a vector was raised: what pauses is no measure of an interrupt. */
export const isPrompt = (model: DeviceModel | null): boolean =>
  model?.file === undefined || model.file.raise.every(({ kind }) => kind !== 'pause');

const createProvoker = (file: ProvokerFile, registers: Registers): Provoker => {
  const compile = (step: Step): Ready => (step.kind === 'pause' ? step : compileReach(step, file.bars));
  const phases: Readonly<Record<Phase, readonly Ready[]>> = {
    setup: file.setup.map(compile),
    raise: file.raise.map(compile),
    acknowledge: file.acknowledge.map(compile),
    quiesce: file.quiesce.map(compile),
  };
  let fromSetUp: Names = {};
  /** Gives all that has a name when the last step is done. */
  const play = (phase: Phase, known: Names): Names => {
    const names = { ...known };
    for (const ready of phases[phase]) {
      if (!('step' in ready)) {
        pause(ready.ms);
        continue;
      }
      const held = reach(registers, ready, names, file);
      if (ready.step.kind === 'read' && ready.step.as !== null) names[ready.step.as] = held;
    }
    return names;
  };
  const withVector = (phase: Phase, vec: number): void => {
    if (vec >= file.vectors)
      throw new CannotProvoke(`the provoker of ${file.name} raises vectors below ${file.vectors} alone`);
    play(phase, { ...fromSetUp, vec });
  };
  return {
    setUp: () => {
      fromSetUp = play('setup', {});
    },
    raise: (vector) => withVector('raise', vector),
    acknowledge: (vector) => {
      if (vector < file.vectors) withVector('acknowledge', vector);
    },
    quiesce: () => void play('quiesce', fromSetUp),
  };
};

/** Does a step. Gives what the register held, 0 when it was not read. */
const reach = (registers: Registers, ready: Reach, names: Names, file: ProvokerFile): number => {
  const { step } = ready;
  const { offset, value, mask } = compute(ready, names, file);
  const read = () => registers.read(step.bar, offset, step.width);
  if (step.kind === 'read') return read();
  if (step.kind === 'wait') {
    untilTrue(step, () => ((read() & mask) ^ value) === 0, `${file.name}: register ${step.offset}`);
    return 0;
  }
  const others = step.mask === null ? 0 : read() & ~mask;
  registers.write(step.bar, offset, (others | value) >>> 0, step.width);
  return 0;
};

/** What the device said may have made a number what it must not be: then nothing is written. */
const compute = (ready: Reach, names: Names, file: ProvokerFile): ReturnType<Reach['compute']> => {
  try {
    return ready.compute(names);
  } catch (error) {
    if (!(error instanceof OutOfBounds)) throw error;
    const said = Object.entries(names).map(([name, value]) => `${name} is 0x${value.toString(16)}`);
    throw new EnvironmentError(`The provoker of ${file.name} stops: ${error.message}; ${said.join(', ')}`);
  }
};

const untilTrue = (step: WaitStep, holds: () => boolean, what: string): void => {
  const deadline = performance.now() + step.withinMs;
  while (!holds()) {
    if (performance.now() > deadline)
      throw new EnvironmentError(`${what} did not become ${step.value} within ${step.withinMs} ms`);
  }
};
