// SPDX-License-Identifier: MIT
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import type { UioMap } from '../pci/uio.js';
import type { Sys } from '../sys/sys.js';
import { mapRegisters, mapWith } from './bars.js';
import { stepsToKeepParameters } from './mode.js';
import { createRig } from './rig.js';

const BDF = '0000:00:03.0';
const DEVICE = `sys/bus/pci/devices/${BDF}`;
const RAW_ACCESS = 'sys/module/uio_msi/parameters/raw_access';

/** A sysfs with a device that uio_msi has, in raw mode or not. What is written to it stays. */
const machine = ({ raw, parameter = 'N' }: { raw: boolean; parameter?: string | null }) => {
  const root = mkdtempSync(join(tmpdir(), 'uio-msi-rig-'));
  const put = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  put(`${DEVICE}/vendor`, '0x1b36\n');
  put(`${DEVICE}/device`, '0x0006\n');
  mkdirSync(join(root, 'sys/bus/pci/drivers/uio_msi'), { recursive: true });
  symlinkSync(join(root, 'sys/bus/pci/drivers/uio_msi'), join(root, DEVICE, 'driver'));
  put(`${DEVICE}/uio/uio0/name`, 'uio_msi\n');
  put(`${DEVICE}/uio/uio0/version`, '1\n');
  if (raw) {
    const map = { name: 'BAR0', addr: '0xfebf0000', offset: '0x0', size: '0x2000' };
    for (const [file, text] of Object.entries(map)) put(`${DEVICE}/uio/uio0/maps/map0/${file}`, `${text}\n`);
  }
  if (parameter !== null) put(RAW_ACCESS, `${parameter}\n`);
  const roots = { sys: join(root, 'sys'), proc: join(root, 'proc'), dev: join(root, 'dev') };
  const rig = createRig({ bdf: BDF, vectors: 4, interrupts: 'msix', model: null, roots });
  const written = (file: string) =>
    existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8').trim() : null;
  return { rig, roots, root, written };
};

it('knows the mode of a device that is bound already, and leaves it alone when that is wanted', () => {
  for (const [raw, mode] of [
    [true, 'raw'],
    [false, 'safe'],
  ] as const) {
    const { rig, written } = machine({ raw });
    expect(rig.mode()).toBe(mode);
    rig.bind(mode);
    rig.bind();
    expect(written('sys/bus/pci/drivers_probe')).toBeNull();
  }
});

it('binds anew for another mode, and sets the parameter before', () => {
  const { rig, written } = machine({ raw: false });
  rig.bind('raw');
  expect(rig.mode()).toBe('raw');
  expect(written(`${DEVICE}/driver/unbind`)).toBe(BDF);
  expect(written(RAW_ACCESS)).toBe('Y');
  expect(written('sys/bus/pci/drivers_probe')).toBe(BDF);
  rig.bind('safe');
  expect(written(RAW_ACCESS)).toBe('N');
});

it('counts the vectors that the kernel granted of MSI, once it has, and all of MSI-X', () => {
  for (const [interrupts, later] of [
    ['msi', 1],
    ['msix', 4],
  ] as const) {
    const { roots, root } = machine({ raw: false });
    const rig = createRig({ bdf: BDF, vectors: 4, interrupts, model: null, roots });
    expect(rig.vectors).toBe(4);
    mkdirSync(join(root, DEVICE, 'msi_irqs/30'), { recursive: true });
    expect(rig.vectors).toBe(later);
    rmSync(join(root, DEVICE, 'msi_irqs'), { recursive: true });
    expect(rig.vectors).toBe(later);
  }
});

it('counts what was granted of MSI-X when the file is opened, unless the others follow as they are armed', () => {
  const { rig, root } = machine({ raw: false });
  const grant = (...irqs: number[]) => {
    rmSync(join(root, DEVICE, 'msi_irqs'), { recursive: true, force: true });
    for (const irq of irqs) mkdirSync(join(root, DEVICE, `msi_irqs/${irq}`), { recursive: true });
  };
  grant(30, 31);
  rig.noteGranted();
  expect(rig.vectors).toBe(2);
  grant();
  expect(rig.vectors).toBe(2);
  grant(30);
  rig.noteGranted();
  grant(30, 31);
  expect(rig.vectors).toBe(4);
});

it('looks for a device that a case removed, before it binds it', () => {
  const { rig, root, written } = machine({ raw: false });
  rmSync(join(root, DEVICE), { recursive: true });
  mkdirSync(join(root, 'sys/class/pci_bus/0000:00'), { recursive: true });
  expect(() => rig.bind()).toThrow(`${BDF} is gone from the bus`);
  expect(written('sys/class/pci_bus/0000:00/rescan')).toBe('1');
});

it('gives a device that uio_msi had back in the mode it was in', () => {
  const { rig, written } = machine({ raw: true });
  rig.bind('safe');
  rig.restore({ driver: 'uio_msi', override: 'uio_msi' });
  expect(written(RAW_ACCESS)).toBe('Y');
  expect(written(`${DEVICE}/driver_override`)).toBe('uio_msi');
});

it('fails a driver that has no raw mode when it is wanted, not when it is not', () => {
  const { rig, root } = machine({ raw: false, parameter: null });
  rmSync(join(root, DEVICE, 'driver'));
  expect(() => rig.bind('raw')).toThrow('no module parameter raw_access');
  expect(() => rig.bind('safe')).toThrow('uio_msi did not take');
});

it('keeps the parameters there are as the steps that set them again', () => {
  const { roots, root } = machine({ raw: false });
  expect(stepsToKeepParameters(roots)).toEqual([{ file: join(root, RAW_ACCESS), value: 'N' }]);
});

const MAPS: readonly UioMap[] = [
  { index: 0, name: 'BAR3', address: 0x1000n, offset: 0x800, size: 0x1000 },
  { index: 1, name: 'BAR3+0x1800', address: 0x3000n, offset: 0, size: 0x1000 },
];

it.each([
  [0x17fcn, undefined],
  [0x1800n, 'BAR3'],
  [0x1ffcn, 'BAR3'],
  [0x1ffen, undefined],
  [0x2000n, undefined],
  [0x3000n, 'BAR3+0x1800'],
  [0x4000n, undefined],
])('finds the register at %x through %s', (address, name) => {
  expect(mapWith(MAPS, address)?.name).toBe(name);
});

it('finds a register of 8 or 16 bits that ends where its map does', () => {
  expect([8, 16, 32].map((width) => mapWith(MAPS, 0x1ffen, width as 8 | 16 | 32)?.name)).toEqual([
    'BAR3',
    'BAR3',
    undefined,
  ]);
});

it('reaches the last byte of a BAR, and none beyond', () => {
  const { roots, root, rig } = machine({ raw: true });
  writeFileSync(join(root, DEVICE, 'resource'), '0xfebf0000 0xfebf1fff 0x200\n');
  const reached: bigint[] = [];
  const sys = {
    pageSize: 4096,
    mmap: () => 0x10000n,
    load: (address: bigint) => reached.push(address),
  } as unknown as Sys;
  const registers = mapRegisters({ ...rig, roots, sys, fd: () => 3 });
  registers.read(0, 0x1fff, 8);
  registers.read(0, 0x1ffe, 16);
  expect(reached).toEqual([0x11fffn, 0x11ffen]);
  for (const [offset, width] of [
    [0x2000, 8],
    [0x1fff, 16],
    [0x1ffe, 32],
  ] as const)
    expect(() => registers.read(0, offset, width)).toThrow('lies outside BAR 0');
});
