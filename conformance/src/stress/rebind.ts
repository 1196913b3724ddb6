// SPDX-License-Identifier: MIT
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasRawMode, parameterFile, RAW_ACCESS } from '../bench/mode.js';
import { modelOfRecord } from '../devices/table.js';
import { deviceFolder } from '../pci/sysfs.js';
import { DRIVER } from '../uapi/uio-msi.js';
import type { Hands, Target } from './hands.js';
import { withLock } from './lock.js';

/**
 * Models whose emulation ends QEMU when MSI-X is switched off shortly after they raised a vector:
 * `provokers/e1000e.yaml` says why. Only who raises takes them from the driver, once they are quiet.
 */
export const DELICATE: readonly string[] = ['e1000e'];

/** Whether a run puts the device into raw mode, sooner or later; one that never rebinds does so at once. */
export const comesToRawMode = (target: Target, without: readonly string[]): boolean =>
  target.model !== null && (without.includes('rebind') || isSturdy(target));

const isSturdy = ({ model }: Target): boolean => !DELICATE.includes(modelOfRecord(model)?.name ?? '');

/** Takes a device from the driver, whoever has it open, and gives it back in either mode. */
export const rebind = (hands: Hands): void => {
  const sturdy = hands.plan.targets.filter(isSturdy);
  if (sturdy.length > 0) rebindTarget(hands, hands.random.pick(sturdy));
};

/**
 * The same for one device. Raw mode only where the suite knows what the registers do: the parameter
 * counts for every device, so nobody else binds one after it was set.
 */
export const rebindTarget = ({ roots, random, plan }: Hands, { bdf, model }: Target): void => {
  const driver = join(roots.sys, 'bus/pci/drivers', DRIVER);
  const raw = model !== null && hasRawMode(roots) && random.chance(0.8);
  const give = () =>
    withLock(join(plan.folder, 'bind'), () => {
      if (hasRawMode(roots)) writeFileSync(parameterFile(roots, RAW_ACCESS), raw ? 'Y' : 'N');
      writeFileSync(join(driver, 'bind'), bdf);
    });
  try {
    writeFileSync(join(driver, 'unbind'), bdf);
  } finally {
    // When another process took it meanwhile, that one or this gives it back.
    if (!isBound(join(deviceFolder(roots, bdf), 'uevent'))) give();
  }
};

const isBound = (uevent: string): boolean => readFileSync(uevent, 'utf8').includes(`DRIVER=${DRIVER}`);
