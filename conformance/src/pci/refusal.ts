// SPDX-License-Identifier: MIT
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Bdf } from './address.js';
import { interruptsOf } from './config-space.js';
import { deviceFolder, type Roots, readConfigSpace } from './sysfs.js';

/** Kinds of devices that the driver must not take, each for a reason of its own. */
export const REFUSALS = {
  'no answer': 'answers nothing but ones: it is without power, or was pulled out',
  bridge: 'is a bridge: what is behind it would go with it',
  iommu: 'is behind an IOMMU: vfio-pci is for such devices',
  virtual: 'is a virtual function, which uio_msi takes only when its raw_access and raw_vfs are set',
  'virtual functions': 'has virtual functions, which a reset would take from whoever uses them',
  unseen: 'cannot be judged without root: the kernel shows no more of it than its header',
  'no interrupt': 'has no interrupt, and uio_msi offers nothing else',
} as const;

export type Refusal = keyof typeof REFUSALS;

/** Why the driver must refuse a device; null for one that it takes. */
export const refusalOf = (roots: Roots, bdf: Bdf): Refusal | null => {
  const has = (file: string) => existsSync(join(deviceFolder(roots, bdf), file));
  const config = readConfigSpace(roots, bdf);
  if (!config.answers) return 'no answer';
  if (config.isBridge) return 'bridge';
  if (has('iommu_group')) return 'iommu';
  if (has('physfn')) return 'virtual';
  if (has('virtfn0')) return 'virtual functions';
  if (!config.whole) return 'unseen';
  return interruptsOf(config) === null ? 'no interrupt' : null;
};
