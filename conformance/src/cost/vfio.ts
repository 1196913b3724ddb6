// SPDX-License-Identifier: MIT
// include/uapi/linux/vfio.h: the group interface, the only one that no-IOMMU mode has.
import { readlinkSync, readSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Bdf } from '../pci/address.js';
import { deviceFolder, type Roots } from '../pci/sysfs.js';
import { O_RDWR } from '../sys/constants.js';
import type { Sys } from '../sys/sys.js';
import { ioctlNumber } from '../uapi/ioctl-number.js';
import { unsigned32 } from '../uapi/struct.js';
import { plainRegisters } from './registers.js';
import type { OpenDevice } from './side.js';

const VFIO_BASE = 100;
const operation = (n: number): number => ioctlNumber('none', ';', VFIO_BASE + n, 0);

const VFIO_SET_IOMMU = operation(2);
const VFIO_GROUP_SET_CONTAINER = operation(4);
const VFIO_GROUP_GET_DEVICE_FD = operation(6);
const VFIO_DEVICE_SET_IRQS = operation(10);

const VFIO_NOIOMMU_IOMMU = 8n;
const MSIX_IRQ_INDEX = 2;
const DATA_EVENTFD_ACTION_TRIGGER = (1 << 2) | (1 << 5);
const IRQ_SET_SIZE = 20;

/** Where the file of a device has a region: its index above 40 bits, drivers/vfio/pci/vfio_pci_core.h. */
const regionOffset = (index: number): number => index * 2 ** 40;
const CONFIG_REGION = 7;

const PCI_COMMAND = 0x04;
const PCI_COMMAND_MEMORY_AND_MASTER = 0x6;

/** Lets VFIO have devices without an IOMMU: a parameter of its module. */
export const noIommuParameter = (roots: Roots): string =>
  join(roots.sys, 'module/vfio/parameters/enable_unsafe_noiommu_mode');

/** Opens a device that vfio-pci has, with bus mastering on, as its users do. */
export const openVfio = (sys: Sys, roots: Roots, bdf: Bdf): OpenDevice => {
  const group = basename(readlinkSync(join(deviceFolder(roots, bdf), 'iommu_group')));
  const container = sys.open(join(roots.dev, 'vfio/vfio'), O_RDWR);
  const groupFile = sys.open(join(roots.dev, `vfio/noiommu-${group}`), O_RDWR);
  sys.ioctl(groupFile, VFIO_GROUP_SET_CONTAINER, unsigned32(container));
  sys.ioctl(container, VFIO_SET_IOMMU, VFIO_NOIOMMU_IOMMU);
  const device = sys.ioctl(groupFile, VFIO_GROUP_GET_DEVICE_FD, new TextEncoder().encode(`${bdf}\0`));
  beMaster(device);
  const registers = plainRegisters({ sys, roots, bdf }, device, regionOffset);
  return {
    registers,
    arm: (vector, eventfd) => {
      const head = [IRQ_SET_SIZE + 4, DATA_EVENTFD_ACTION_TRIGGER, MSIX_IRQ_INDEX, vector, 1];
      sys.ioctl(device, VFIO_DEVICE_SET_IRQS, unsigned32(...head, eventfd));
    },
    close: () => {
      registers.release();
      for (const file of [device, groupFile, container]) sys.close(file);
    },
  };
};

const beMaster = (device: number): void => {
  const at = regionOffset(CONFIG_REGION) + PCI_COMMAND;
  const command = new Uint16Array(1);
  readSync(device, command, 0, 2, at);
  command[0] = (command[0] ?? 0) | PCI_COMMAND_MEMORY_AND_MASTER;
  writeSync(device, command, 0, 2, at);
};
