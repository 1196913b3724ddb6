// SPDX-License-Identifier: MIT
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeviceModel } from '../devices/device.js';
import { EnvironmentError } from '../errors.js';
import { type InterruptLine, parseInterrupts } from '../health/interrupts.js';
import type { Bdf } from '../pci/address.js';
import type { ConfigSpace, InterruptType } from '../pci/config-space.js';
import { slotOf, switchSlotOff } from '../pci/slot.js';
import {
  mayUseMessages,
  type Step,
  stepsToAllowMessages,
  stepsToBind,
  stepsToRemove,
  stepsToRescan,
  stepsToRestore,
  stepsToUnbind,
  take,
} from '../pci/steps.js';
import {
  type Binding,
  boundDriver,
  deviceFolder,
  messagesGranted,
  type PciDevice,
  type Roots,
  readConfigSpace,
  readPciDevice,
} from '../pci/sysfs.js';
import { readUioDevice, type UioDevice, uioNames } from '../pci/uio.js';
import { DRIVER } from '../uapi/uio-msi.js';
import { hasRawMode, type Mode, stepsToChoose } from './mode.js';
import { Failure } from './verdicts.js';

/** The device under test, between cases and during them. */
export interface Rig extends RigFacts {
  /** The mode that the device was bound in last. */
  mode(): Mode;
  /**
   * Gives the device to uio_msi, unless it has it in this mode; without `mode` in the one it had
   * last. Throws Failure when the driver refuses it.
   */
  bind(mode?: Mode): void;
  /** Takes it from its driver, whether its file is open or not. */
  unbind(): void;
  /** Whether it interrupts by its line: it has no messages, or may not use them. */
  hasLine(): boolean;
  /** Takes it from its driver, and lets the next one use messages or not. */
  allowMessages(allowed: boolean): void;
  /** Gives it back as it was when the rig was made, when `original` had it. */
  restore(original: Binding): void;
  /** Removes it from the bus. */
  remove(): void;
  /** Has the kernel find it again; another driver may take it then. */
  rescan(): void;
  /** Switches its slot off, so that it is gone for good. It must be in one whose power can be switched. */
  tearOut(): void;
  /** What sysfs says of its UIO device. Throws Failure unless there is exactly one. */
  uio(): UioDevice;
  configSpace(): ConfigSpace;
  /** Takes note of how many vectors the kernel granted: its file was just opened, and nothing is armed. */
  noteGranted(): void;
  /** Lines of /proc/interrupts that belong to its vectors, by vector. */
  armedVectors(): Map<number, InterruptLine>;
}

/** Everything of a device that stays the same while it is under test. */
export interface RigFacts {
  readonly bdf: Bdf;
  readonly vectors: number;
  /** The interrupts that the driver takes of it, unless it is kept from using messages. */
  readonly interrupts: InterruptType;
  readonly model: DeviceModel | null;
  readonly roots: Roots;
}

export const createRig = (facts: RigFacts): Rig => {
  const { bdf, roots } = facts;
  const device = (): PciDevice => readPciDevice(roots, bdf);
  const isThere = () => existsSync(deviceFolder(roots, bdf));
  const isBound = () => boundDriver(roots, bdf) === DRIVER;
  // The name the driver gives its handlers: "uio_msi[3](0000:00:03.0)".
  const handler = new RegExp(`\\b${DRIVER}\\[(\\d+)\\]\\(${bdf.replaceAll('.', '\\.')}\\)`);
  const found = modeOf(roots, bdf);
  let mode = found;
  let tornOut = false;
  let messages = mayUseMessages(roots, bdf);
  /** A case that removed the device and failed leaves it removed: that is no trouble of the next. */
  const expectThere = () => {
    if (!isThere()) take(stepsToRescan(roots, bdf));
    if (!isThere())
      throw new EnvironmentError(`${bdf} is gone from the bus, and the kernel does not find it again`);
  };
  /** The kernel may grant fewer than the device has; how many shows while the file is open. */
  let granted: number | null = null;
  const rig: Rig = {
    ...facts,
    get vectors() {
      if (facts.interrupts === 'msi') granted = messagesGranted(roots, bdf) ?? granted;
      return granted ?? facts.vectors;
    },
    mode: () => mode,
    bind: (wanted = mode) => {
      if (isBound() && wanted === mode) return;
      expectThere();
      if (wanted === 'raw' && !hasRawMode(roots))
        throw new Failure(`${DRIVER} has no module parameter raw_access: registers are out of reach`);
      take(stepsToTake(roots, device(), wanted));
      mode = wanted;
      if (!isBound())
        throw new Failure(`${DRIVER} did not take ${bdf}: its probe failed, the kernel's log says why`);
    },
    unbind: () => take(stepsToUnbind(roots, device())),
    noteGranted: () => {
      const now = messagesGranted(roots, bdf);
      // One of several: where vectors can be allocated one by one the others follow as they are armed.
      if (facts.interrupts === 'msix') granted = now === 1 ? null : now;
    },
    hasLine: () => !messages || facts.interrupts === 'intx',
    allowMessages: (allowed) => {
      rig.unbind();
      take(stepsToAllowMessages(roots, bdf, allowed));
      messages = allowed;
    },
    restore: (original) => {
      if (tornOut) return;
      if (original.driver === DRIVER) rig.bind(found);
      take(stepsToRestore(roots, device(), original));
    },
    remove: () => take(stepsToRemove(roots, bdf)),
    rescan: () => take(stepsToRescan(roots, bdf)),
    tearOut: () => {
      const slot = slotOf(roots, bdf);
      if (slot === null) throw new Error(`${bdf} is in no slot whose power can be switched off`);
      tornOut = true;
      switchSlotOff(roots, slot);
    },
    uio: () => {
      const names = uioNames(roots, bdf);
      const [only] = names;
      if (only === undefined || names.length > 1) {
        throw new Failure(
          `${bdf} has ${names.length} UIO devices (${names.join(', ') || 'none'}), expected one`,
        );
      }
      return readUioDevice(roots, bdf, only);
    },
    configSpace: () => readConfigSpace(roots, bdf),
    armedVectors: () => {
      const lines = parseInterrupts(readFileSync(join(roots.proc, 'interrupts'), 'utf8'));
      return new Map(
        lines.flatMap((line) => {
          const match = handler.exec(line.text);
          return match === null ? [] : [[Number(match[1]), line] as const];
        }),
      );
    },
  };
  return rig;
};

/** Takes a device from whoever has it, uio_msi itself too: the mode is chosen when it is bound. */
export const stepsToTake = (roots: Roots, device: PciDevice, mode: Mode): Step[] => [
  ...stepsToUnbind(roots, device),
  ...stepsToChoose(roots, mode),
  ...stepsToBind(roots, { ...device, driver: null }, DRIVER),
];

/** The mode of a device that is bound already: maps are there in raw mode alone. */
const modeOf = (roots: Roots, bdf: Bdf): Mode =>
  uioNames(roots, bdf).some((uio) => readUioDevice(roots, bdf, uio).maps.length > 0) ? 'raw' : 'safe';
