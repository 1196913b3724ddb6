// SPDX-License-Identifier: MIT
import { mkdirSync, mkdtempSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CASES } from '../cases/table.js';
import { usesOf } from '../pci/in-use.js';
import { showStep, stepsToBind, stepsToRescan, stepsToRestore } from '../pci/steps.js';
import { type Roots, readPciDevice } from '../pci/sysfs.js';
import { readUioDevice } from '../pci/uio.js';
import { listCandidates, selectCases, selectDevices } from './select.js';

const MSIX_CONFIG = Buffer.alloc(256);
MSIX_CONFIG.writeUInt16LE(0x10, 0x06);
MSIX_CONFIG.writeUInt8(0x40, 0x34);
MSIX_CONFIG.writeUInt16LE(0x0011, 0x40);
MSIX_CONFIG.writeUInt16LE(3, 0x42);

const ROCKER = '0000:00:03.0';
const NIC = '0000:00:04.0';
const DISK = '0000:00:05.0';

/** A machine with a free rocker, an e1000e whose interface is up, and an unknown controller with a mounted disk. */
const machine = (): Roots => {
  const root = mkdtempSync(join(tmpdir(), 'uio-msi-tree-'));
  const put = (file: string, content: string | Buffer) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), content);
  };
  const link = (target: string, file: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    mkdirSync(join(root, target), { recursive: true });
    symlinkSync(join(root, target), join(root, file));
  };
  const device = (bdf: string, vendor: string, id: string, driver?: string) => {
    link(`sys/devices/pci/${bdf}`, `sys/bus/pci/devices/${bdf}`);
    put(`sys/devices/pci/${bdf}/vendor`, `0x${vendor}\n`);
    put(`sys/devices/pci/${bdf}/device`, `0x${id}\n`);
    put(`sys/devices/pci/${bdf}/config`, MSIX_CONFIG);
    if (driver !== undefined) link(`sys/bus/pci/drivers/${driver}`, `sys/devices/pci/${bdf}/driver`);
  };
  device(ROCKER, '1b36', '0006');
  device(NIC, '8086', '10d3', 'e1000e');
  link(`sys/devices/pci/${NIC}/virtio2/net/eth0`, 'sys/class/net/eth0');
  put('sys/class/net/eth0/flags', '0x1003\n');
  put('sys/class/net/bonding_masters', '');
  device(DISK, '1b36', '0010', 'nvme');
  link(`sys/devices/pci/${DISK}/nvme/nvme0/nvme0n1`, 'sys/class/block/nvme0n1');
  put('sys/class/block/nvme0n1/dev', '259:0\n');
  put('proc/self/mountinfo', '22 1 259:0 / /data rw - ext4 /dev/nvme0n1 rw\n');
  put('proc/swaps', 'Filename Type\n');
  return { sys: join(root, 'sys'), proc: join(root, 'proc'), dev: join(root, 'dev') };
};

const any = { devices: [], allKnown: false, force: false };

describe('selectDevices', () => {
  it('takes every known device that is free', () => {
    const devices = selectDevices(machine(), { ...any, allKnown: true });
    expect(devices).toEqual([
      {
        device: 'rocker',
        bdf: ROCKER,
        vectors: 4,
        original: { driver: null, override: null },
        interrupts: 'msix',
        model: expect.objectContaining({ name: 'rocker' }),
        obstacles: [],
        slot: null,
      },
    ]);
  });

  it('says nothing of a device of which only root may see more than the header', () => {
    const roots = machine();
    truncateSync(join(roots.sys, 'bus/pci/devices', ROCKER, 'config'), 64);
    for (const wanted of [{ devices: [ROCKER] }, { allKnown: true }])
      expect(() => selectDevices(roots, { ...any, ...wanted })).toThrow(
        /cannot be judged without root.*as root$/,
      );
  });

  it('refuses a named device in use and says by what, unless forced', () => {
    const roots = machine();
    expect(() => selectDevices(roots, { ...any, devices: [NIC] })).toThrow(
      `${NIC} is in use: network interface eth0 is up`,
    );
    expect(() => selectDevices(roots, { ...any, devices: [DISK] })).toThrow(
      'disk nvme0n1 is mounted on /data',
    );
    expect(selectDevices(roots, { ...any, devices: [NIC], force: true })[0]?.original.driver).toBe('e1000e');
  });

  it('finds what claims a disk without being mounted on it, through the head of a multipath', () => {
    const roots = machine();
    writeFileSync(join(roots.proc, 'self/mountinfo'), '');
    const asked: string[] = [];
    const isClaimed = (node: string) => asked.push(node) > 0;
    expect(usesOf(roots, DISK, isClaimed)).toEqual(['disk nvme0n1 is claimed by a file system or a program']);
    expect(usesOf(roots, DISK, () => false)).toEqual([]);
    const path = join(roots.sys, 'devices/pci', DISK, 'nvme/nvme0/nvme0c1n2');
    mkdirSync(path, { recursive: true });
    symlinkSync(path, join(roots.sys, 'class/block/nvme0c1n2'));
    usesOf(roots, DISK, isClaimed);
    expect(asked).toContain(join(roots.dev, 'nvme0n2'));
  });

  it('finds the processes that have its UIO device open or mapped', () => {
    const roots = machine();
    const folder = join(roots.sys, 'bus/pci/devices', ROCKER, 'uio/uio0');
    mkdirSync(folder, { recursive: true });
    const node = join(roots.dev, 'uio0');
    const addProcess = (pid: number, open: string, maps: string) => {
      mkdirSync(join(roots.proc, `${pid}/fd`), { recursive: true });
      symlinkSync(open, join(roots.proc, `${pid}/fd/3`));
      writeFileSync(join(roots.proc, `${pid}/maps`), maps);
      writeFileSync(join(roots.proc, `${pid}/comm`), `program${pid}\n`);
    };
    addProcess(10, `${node}0`, `7f00-7f01 rw-s 00000000 00:05 12   ${node}1\n`);
    expect(usesOf(roots, ROCKER)).toEqual([]);
    addProcess(11, node, '');
    addProcess(12, '/dev/null', `7e00-7e01 r--p 0 00:05 1\n7f00-7f01 rw-s 00000000 00:05 12   ${node}\n`);
    expect(usesOf(roots, ROCKER)).toEqual([
      `${node} is open in process 11 (program11)`,
      `${node} is open in process 12 (program12)`,
    ]);
    expect(() => selectDevices(roots, { ...any, allKnown: true })).toThrow('no free device');
  });

  it('refuses a bridge, forced or not, and lists none', () => {
    const roots = machine();
    const config = Buffer.from(MSIX_CONFIG);
    config.writeUInt8(0x81, 0x0e);
    writeFileSync(join(roots.sys, 'bus/pci/devices', ROCKER, 'config'), config);
    expect(() => selectDevices(roots, { ...any, devices: [ROCKER], force: true })).toThrow('is a bridge');
    expect(listCandidates(roots).map(({ bdf }) => bdf)).not.toContain(ROCKER);
  });

  it.each([
    ['iommu_group', 'is behind an IOMMU'],
    ['physfn', 'is a virtual function'],
    ['virtfn0', 'has virtual functions'],
  ])('refuses a device with %s, forced or not, and lists none', (file, message) => {
    const roots = machine();
    writeFileSync(join(roots.sys, 'bus/pci/devices', ROCKER, file), '');
    expect(() => selectDevices(roots, { ...any, devices: [ROCKER], force: true })).toThrow(message);
    expect(() => selectDevices(roots, { ...any, allKnown: true })).toThrow('no free device');
    expect(listCandidates(roots).map(({ bdf }) => bdf)).not.toContain(ROCKER);
  });

  it('refuses a device without an interrupt', () => {
    const roots = machine();
    writeFileSync(join(roots.sys, 'bus/pci/devices', ROCKER, 'config'), Buffer.alloc(256));
    expect(() => selectDevices(roots, { ...any, devices: [ROCKER] })).toThrow('has no interrupt');
  });

  it('takes no known device from another driver unasked', () => {
    const roots = machine();
    writeFileSync(join(roots.sys, 'class/net/eth0/flags'), '0x1002\n');
    const bdfs = selectDevices(roots, { ...any, allKnown: true }).map(({ bdf }) => bdf);
    expect(bdfs).toEqual([ROCKER]);
    expect(selectDevices(roots, { ...any, devices: [NIC] })).toHaveLength(1);
  });

  it('takes a short address, and a device named twice once', () => {
    expect(selectDevices(machine(), { ...any, devices: ['00:03.0', ROCKER], allKnown: true })).toHaveLength(
      1,
    );
  });

  it.each([
    ['../../../etc', 'is not a PCI address'],
    ['0000:00:03.0/../x', 'is not a PCI address'],
    ['0000:00:1f.0', 'There is no PCI device 0000:00:1f.0'],
  ])('refuses %s: %s', (device, message) => {
    expect(() => selectDevices(machine(), { ...any, devices: [device] })).toThrow(message);
  });

  it('wants to be told which', () => {
    expect(() => selectDevices(machine(), any)).toThrow('No device named');
  });
});

describe('listCandidates', () => {
  it('lists all with MSI-X and why one would not be taken', () => {
    expect(listCandidates(machine()).map(({ bdf, obstacles }) => [bdf, obstacles.length])).toEqual([
      [ROCKER, 0],
      [NIC, 1],
      [DISK, 1],
    ]);
  });
});

describe('steps', () => {
  it('binding names the one device, restoring gives it back', () => {
    const roots = machine();
    const nic = readPciDevice(roots, NIC);
    const at = (path: string) => join(roots.sys, 'bus/pci', path);
    expect(stepsToBind(roots, nic, 'uio_msi')).toEqual([
      { file: at(`devices/${NIC}/driver/unbind`), value: NIC },
      { file: at(`devices/${NIC}/driver_override`), value: 'uio_msi' },
      { file: at('drivers_probe'), value: NIC },
    ]);
    expect(stepsToRescan(roots, NIC)).toEqual([
      { file: join(roots.sys, 'class/pci_bus/0000:00/rescan'), value: '1' },
    ]);
    expect(stepsToRestore(roots, { ...nic, driver: 'uio_msi' }, nic)).toEqual([
      { file: at(`devices/${NIC}/driver/unbind`), value: NIC },
      { file: at(`devices/${NIC}/driver_override`), value: '' },
      { file: at('drivers/e1000e/bind'), value: NIC },
    ]);
  });

  it('restoring writes the override back before it binds, and even when the driver is the same', () => {
    const roots = machine();
    const override = join(roots.sys, 'bus/pci/devices', NIC, 'driver_override');
    writeFileSync(override, 'vfio-pci\n');
    const [nic] = selectDevices(roots, { ...any, devices: [NIC], force: true });
    expect(nic?.original).toEqual({ driver: 'e1000e', override: 'vfio-pci' });
    const original = { driver: 'vfio-pci', override: 'vfio-pci' };
    const device = { ...readPciDevice(roots, NIC), driver: 'uio_msi', override: 'uio_msi' };
    expect(stepsToRestore(roots, device, original).map(({ value }) => value)).toEqual([NIC, 'vfio-pci', NIC]);
    expect(stepsToRestore(roots, { ...device, ...original }, original)).toEqual([
      { file: override, value: 'vfio-pci' },
    ]);
    writeFileSync(override, '(null)\n');
    expect(readPciDevice(roots, NIC).override).toBeNull();
  });

  it('a step can be shown as a command', () => {
    expect(showStep({ file: '/sys/x', value: '0000:00:03.0' })).toBe(
      "printf '%s\\n' '0000:00:03.0' > /sys/x",
    );
  });
});

describe('readUioDevice', () => {
  it('reads name, version and maps in order', () => {
    const roots = machine();
    const folder = join(roots.sys, 'bus/pci/devices', ROCKER, 'uio/uio3');
    const put = (file: string, text: string) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), `${text}\n`);
    };
    put('name', 'uio_msi');
    put('version', '0.2.0');
    for (const index of [10, 2]) {
      put(`maps/map${index}/name`, `BAR${index}`);
      put(`maps/map${index}/addr`, '0x00000000febe4000');
      put(`maps/map${index}/offset`, '0x80');
      put(`maps/map${index}/size`, '0x0000000000001000');
    }
    const uio = readUioDevice(roots, ROCKER, 'uio3');
    expect(uio).toMatchObject({ node: join(roots.dev, 'uio3'), name: 'uio_msi', version: '0.2.0' });
    expect(uio.maps.map(({ index }) => index)).toEqual([2, 10]);
    expect(uio.maps[0]).toMatchObject({ address: 0xfebe4000n, offset: 0x80, size: 4096 });
  });
});

describe('selectCases', () => {
  it('matches whole ids, with * for anything', () => {
    expect(selectCases(['irq.replace']).map(({ id }) => id)).toEqual(['irq.replace']);
    expect(selectCases(['rem.*', 'irq.dis*']).every(({ id }) => /^(rem\.|irq\.dis)/.test(id))).toBe(true);
    expect(selectCases([])).toBe(CASES);
  });

  it('takes nothing but * for a pattern', () => {
    expect(() => selectCases(['irq?replace'])).toThrow('No case matches irq?replace');
    expect(() => selectCases(['(irq|rem).*'])).toThrow('No case matches');
  });
});
