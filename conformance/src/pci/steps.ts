// SPDX-License-Identifier: MIT
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EnvironmentError } from '../errors.js';
import { behindRefusal } from '../preflight/security.js';
import { type Bdf, busOf } from './address.js';
import { type Binding, deviceFolder, KERNEL_ROOTS, type PciDevice, type Roots } from './sysfs.js';

/** One write to a sysfs file: all that the suite ever does to a machine's drivers. */
export interface Step {
  readonly file: string;
  readonly value: string;
}

/** A step as a shell command, for --dry-run and for messages that say how to undo something. */
export const showStep = ({ file, value }: Step): string => `printf '%s\\n' '${value}' > ${file}`;

/** Gives a device to `driver`, and to no other device: driver_override names the one device. */
export const stepsToBind = (roots: Roots, device: PciDevice, driver: string): Step[] => {
  if (device.driver === driver) return [];
  return [
    ...stepsToUnbind(roots, device),
    setOverride(roots, device.bdf, driver),
    { file: join(roots.sys, 'bus/pci/drivers_probe'), value: device.bdf },
  ];
};

/** Asks a driver to take a device that nobody has because it knows it, and not by name. */
export const stepsToOffer = (roots: Roots, bdf: Bdf, driver: string): Step[] => [
  setOverride(roots, bdf, ''),
  { file: join(roots.sys, 'bus/pci/drivers', driver, 'bind'), value: bdf },
];

/** Takes a device from the driver it has. */
export const stepsToUnbind = (roots: Roots, device: PciDevice): Step[] =>
  device.driver === null
    ? []
    : [{ file: join(deviceFolder(roots, device.bdf), 'driver/unbind'), value: device.bdf }];

/**
 * Gives a device back to the driver it had, or to nobody when it had none. The override comes back
 * first: a driver like vfio-pci, which names no ids, takes a device only with it.
 */
export const stepsToRestore = (roots: Roots, device: PciDevice, original: Binding): Step[] => {
  const override = setOverride(roots, device.bdf, original.override ?? '');
  if (device.driver === original.driver) return [override];
  return [
    ...stepsToUnbind(roots, device),
    override,
    ...(original.driver === null
      ? []
      : [{ file: join(roots.sys, 'bus/pci/drivers', original.driver, 'bind'), value: device.bdf }]),
  ];
};

/** An empty line clears driver_override: Documentation/ABI/testing/sysfs-bus-pci. */
const setOverride = (roots: Roots, bdf: Bdf, value: string): Step => ({
  file: join(deviceFolder(roots, bdf), 'driver_override'),
  value,
});

const MSI_BUS = 'msi_bus';

/** Lets drivers bound from now on use MSI-X and MSI, or not: Documentation/ABI/testing/sysfs-bus-pci, msi_bus. */
export const stepsToAllowMessages = (roots: Roots, bdf: Bdf, allowed: boolean): Step[] => [
  { file: join(deviceFolder(roots, bdf), MSI_BUS), value: allowed ? '1' : '0' },
];

/** Whether drivers of the device may use MSI-X and MSI. */
export const mayUseMessages = (roots: Roots, bdf: Bdf): boolean => {
  const file = join(deviceFolder(roots, bdf), MSI_BUS);
  return !existsSync(file) || readFileSync(file, 'utf8').trim() !== '0';
};

/** What cases change of a device besides its driver. Virtual functions come first: they need that driver. */
const ATTRIBUTES = ['sriov_numvfs', 'sriov_drivers_autoprobe', MSI_BUS];

/** Sets the attributes of a device that cases change to the values they have now. */
export const stepsToKeepAttributes = (roots: Roots, bdf: Bdf): Step[] =>
  ATTRIBUTES.map((name) => join(deviceFolder(roots, bdf), name))
    .filter((file) => existsSync(file))
    .map((file) => ({ file, value: readFileSync(file, 'utf8').trim() }));

/** Removes the device from the kernel's bus, as if it were pulled out (it is not). */
export const stepsToRemove = (roots: Roots, bdf: Bdf): Step[] => [
  { file: join(deviceFolder(roots, bdf), 'remove'), value: '1' },
];

/**
 * Lets the kernel look for devices again, on this device's bus and those below it. It leaves the
 * devices it knows alone, but finds any other that is new there.
 */
export const stepsToRescan = (roots: Roots, bdf: Bdf): Step[] => [
  { file: join(roots.sys, 'class/pci_bus', busOf(bdf), 'rescan'), value: '1' },
];

/**
 * Takes the steps one after the other.
 * @throws EnvironmentError naming the step that the kernel refused.
 */
export const take = (steps: readonly Step[]): void => {
  for (const step of steps) {
    try {
      writeFileSync(step.file, `${step.value}\n`);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? String(error);
      throw new EnvironmentError(
        `The kernel refused '${step.value}' in ${step.file}: ${code}${behindRefusal(code, KERNEL_ROOTS)}`,
      );
    }
  }
};
