// SPDX-License-Identifier: MIT
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stepsToTake } from '../bench/rig.js';
import { EnvironmentError } from '../errors.js';
import type { Bdf } from '../pci/address.js';
import { stepsToBind, take } from '../pci/steps.js';
import { type Roots, readPciDevice } from '../pci/sysfs.js';
import { readUioDevice, uioNames } from '../pci/uio.js';
import { O_RDWR } from '../sys/constants.js';
import type { Sys } from '../sys/sys.js';
import { irqSet, UIO_MSI_IRQ_SET } from '../uapi/uio-msi.js';
import { plainRegisters } from './registers.js';
import type { Side } from './side.js';
import { noIommuParameter, openVfio } from './vfio.js';

const VFIO_PCI = 'vfio-pci';

/** uio_msi in raw mode: registers and eventfds of one file. */
export const uioSide = (sys: Sys, roots: Roots, bdf: Bdf): Side => ({
  open: () => {
    take(stepsToTake(roots, readPciDevice(roots, bdf), 'raw'));
    const [uio = ''] = uioNames(roots, bdf);
    const { node, maps } = readUioDevice(roots, bdf, uio);
    const file = sys.open(node, O_RDWR);
    const registers = plainRegisters({ sys, roots, bdf }, file, (bar) => {
      const map = maps.find(({ name }) => name === `BAR${bar}`);
      if (map === undefined) throw new EnvironmentError(`${node} has no map of the whole of BAR ${bar}`);
      return map.index * sys.pageSize;
    });
    return {
      registers,
      arm: (vector, eventfd) => void sys.ioctl(file, UIO_MSI_IRQ_SET, irqSet(vector, eventfd)),
      close: () => {
        registers.release();
        sys.close(file);
      },
    };
  },
});

/** vfio-pci in no-IOMMU mode, which gives as much and asks for as little. */
export const vfioSide = (sys: Sys, roots: Roots, bdf: Bdf): Side => ({
  open: () => {
    take([
      { file: noIommuParameter(roots), value: 'Y' },
      ...stepsToBind(roots, readPciDevice(roots, bdf), VFIO_PCI),
    ]);
    return openVfio(sys, roots, bdf);
  },
});

/** @throws EnvironmentError naming what the kernel lacks for the comparison. */
export const requireVfio = (roots: Roots): void => {
  if (!existsSync(noIommuParameter(roots))) {
    throw new EnvironmentError(
      'VFIO without an IOMMU is not in this kernel: it needs CONFIG_VFIO_NOIOMMU, and the module vfio loaded',
    );
  }
  if (!existsSync(join(roots.sys, 'bus/pci/drivers', VFIO_PCI))) {
    throw new EnvironmentError(`The driver ${VFIO_PCI} is not in this kernel. Load it: modprobe ${VFIO_PCI}`);
  }
};
