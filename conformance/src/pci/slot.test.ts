// SPDX-License-Identifier: MIT
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { slotOf, switchSlotOff } from './slot.js';

const PORT = '0000:00:04.0';
const DEVICE = '0000:01:00.0';
const EXPRESS_AT = 0x40;

/** A port with a capability of PCI Express, and a device behind it. */
const machine = ({ flags = 0x0142, slot = 0x0002 }: { flags?: number; slot?: number } = {}) => {
  const sys = mkdtempSync(join(tmpdir(), 'uio-msi-slot-'));
  const config = Buffer.alloc(256);
  config.writeUInt16LE(0x10, 0x06);
  config.writeUInt8(EXPRESS_AT, 0x34);
  config.writeUInt8(0x10, EXPRESS_AT);
  config.writeUInt16LE(flags, EXPRESS_AT + 0x02);
  config.writeUInt16LE(slot, EXPRESS_AT + 0x14);
  config.writeUInt16LE(0x11e8, EXPRESS_AT + 0x18);
  const port = join(sys, 'devices/pci0000:00', PORT);
  mkdirSync(join(port, DEVICE), { recursive: true });
  mkdirSync(join(sys, 'bus/pci/devices'), { recursive: true });
  writeFileSync(join(port, 'config'), config);
  symlinkSync(port, join(sys, 'bus/pci/devices', PORT));
  symlinkSync(join(port, DEVICE), join(sys, 'bus/pci/devices', DEVICE));
  return {
    roots: { sys, proc: '', dev: '' },
    config: () => readFileSync(join(port, 'config')),
    before: config,
  };
};

it('finds the slot of a device, by the port before it', () => {
  expect(slotOf(machine().roots, DEVICE)).toEqual({ port: PORT, control: EXPRESS_AT + 0x18 });
});

it('finds none on a root bus, behind a port without a slot, or one whose power cannot be switched', () => {
  expect(slotOf(machine().roots, PORT)).toBeNull();
  expect(slotOf(machine({ flags: 0x0042 }).roots, DEVICE)).toBeNull();
  expect(slotOf(machine({ slot: 0x0001 }).roots, DEVICE)).toBeNull();
});

it('leaves the port as it was', () => {
  const { roots, config, before } = machine();
  const slot = slotOf(roots, DEVICE);
  expect(slot).not.toBeNull();
  if (slot !== null) switchSlotOff(roots, slot);
  expect(config().equals(before)).toBe(true);
});
