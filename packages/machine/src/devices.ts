// SPDX-License-Identifier: MIT

/** The types of interrupts that the driver takes, as the suite names them. */
export type InterruptType = 'msix' | 'msi' | 'intx';

/**
 * What the suite is to find of a device: its own name for the kind, and either the interrupts that
 * the driver takes, with how many vectors, or why the driver must refuse the device, in the suite's words.
 */
export type Expected =
  | { readonly device: string; readonly interrupts: InterruptType; readonly vectors: number }
  | { readonly device: string; readonly refused: 'no interrupt' | 'iommu' | 'bridge' };

/** An emulated device. */
export interface Device {
  /** QEMU's `-device` values: the buses it needs for itself, then the device. */
  readonly arguments: readonly string[];
  readonly expected: Expected;
  readonly server?: Server;
}

/** Tells an ivshmem device of its vectors, over the character device of this name. */
export interface Server {
  readonly chardev: string;
  readonly vectors: number;
}

// Without it QEMU takes whatever bus is free, which may be one of another device's own.
const ROOT = 'bus=pcie.0';

// A rocker has four vectors and two for each port (hw/net/rocker). `len-ports` is how QEMU up to 8.1
// takes an array's length; later ones want JSON.
const rocker = (ports: number): Device => {
  const vectors = 4 + 2 * ports;
  return {
    arguments: [`rocker,name=rocker${vectors},len-ports=${ports},${ROOT}`],
    expected: { device: 'rocker', interrupts: 'msix', vectors },
  };
};

// Its doorbells are eventfds that another process makes: ivshmem/peers.ts.
const ivshmem = (vectors: number): Device => {
  const chardev = `ivshmem${vectors}`;
  return {
    arguments: [`ivshmem-doorbell,chardev=${chardev},vectors=${vectors},${ROOT}`],
    server: { chardev, vectors },
    expected: { device: 'ivshmem', interrupts: 'msix', vectors },
  };
};

// PCI slots that differ by four have the same line: hw/pci-host/q35.c, and _PRT in hw/i386/acpi-build.c.
const e1000 = (slot: string): Device => ({
  arguments: [`e1000,romfile=,addr=${slot},${ROOT}`],
  expected: { device: 'e1000', interrupts: 'intx', vectors: 1 },
});

/**
 * The devices, by name. Those with a network have none behind them; option ROMs are left out. What
 * is on the root bus is there for good; what is behind a port of its own can be torn out.
 */
export const DEVICES = {
  rocker4: rocker(0),
  rocker66: rocker(31),
  rocker128: rocker(62),
  ivshmem64: ivshmem(64),
  e1000e: {
    arguments: [`pcie-root-port,id=port1,chassis=1,slot=1,${ROOT}`, 'e1000e,romfile=,bus=port1'],
    expected: { device: 'e1000e', interrupts: 'msix', vectors: 5 },
  },
  // As many vectors as a table can have, a queue for each, and memory of its own for the queues.
  nvme2048: {
    arguments: [`nvme,serial=nvme2048,msix_qsize=2048,max_ioqpairs=2047,pmrdev=queues,${ROOT}`],
    expected: { device: 'nvme', interrupts: 'msix', vectors: 2048 },
  },
  // A physical function that has two virtual ones, which need the numbers behind a port and two of its nine vectors.
  'nvme-sriov': {
    arguments: [
      'nvme-subsys,id=subsystem',
      `pcie-root-port,id=port2,chassis=2,slot=2,${ROOT}`,
      'nvme,serial=sriov,subsys=subsystem,bus=port2,msix_qsize=9,sriov_max_vfs=2,sriov_vq_flexible=4,sriov_vi_flexible=2',
    ],
    expected: { device: 'nvme', interrupts: 'msix', vectors: 7 },
  },
  // It has a line too, that of the two e1000: INTx is what is left once the device is told to do without MSI (sysfs, msi_bus).
  // The first of two behind a bridge: the kernel finds a reset of the bus for it, before it finds the other, which forbids that.
  edu: {
    arguments: [`pci-bridge,id=behind,chassis_nr=5,shpc=off,addr=0x18,${ROOT}`, 'edu,bus=behind,addr=4'],
    expected: { device: 'edu', interrupts: 'msi', vectors: 1 },
  },
  'e1000-line': e1000('0x10'),
  'e1000-same-line': e1000('0x14'),
  // Its BAR is smaller than a page.
  sdhci: {
    arguments: [`sdhci-pci,addr=0x11,${ROOT}`],
    expected: { device: 'sdhci', interrupts: 'intx', vectors: 1 },
  },
  testdev: {
    arguments: ['pci-testdev,bus=behind,addr=5'],
    expected: { device: 'pci-testdev', refused: 'no interrupt' },
  },
  // Not of PCI Express, so that the kernel's driver for ports leaves it alone; with nothing behind it.
  bridge: {
    arguments: [`pci-bridge,chassis_nr=4,shpc=off,${ROOT}`],
    expected: { device: 'pci-bridge', refused: 'bridge' },
  },
  // A root bus of its own, which takes nothing but ports.
  'edu-iommu': {
    arguments: [
      `pxb-pcie,id=translated,bus_nr=0x40,${ROOT}`,
      'pcie-root-port,id=port3,chassis=3,slot=3,bus=translated',
      'edu,bus=port3',
    ],
    expected: { device: 'edu', refused: 'iommu' },
  },
} as const satisfies Record<string, Device>;

/** The name of one of {@link DEVICES}. */
export type DeviceName = keyof typeof DEVICES;
