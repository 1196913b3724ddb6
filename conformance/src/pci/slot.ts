// SPDX-License-Identifier: MIT
// Offsets and bits from include/uapi/linux/pci_regs.h.
import { closeSync, existsSync, openSync, readFileSync, readSync, realpathSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Bdf, parseBdf } from './address.js';
import { fieldsOf, findCapability } from './capabilities.js';
import { deviceFolder, type Roots } from './sysfs.js';

const EXPRESS = 0x10;
const FLAGS = 0x02;
const FLAGS_SLOT = 0x0100;
const SLOT_CAPABILITIES = 0x14;
const POWER_CONTROLLER = 0x0002;
const SLOT_CONTROL = 0x18;
const POWER_INDICATOR = 0x0300;
const POWER_INDICATOR_OFF = 0x0300;
const POWER_OFF = 0x0400;
const INTERRUPT = 0x0020;

/** A slot whose power the port before it can switch. */
export interface Slot {
  readonly port: Bdf;
  /** Where in the port's configuration space the slot control register is. */
  readonly control: number;
}

/** The slot that a device is in; null when it is in none, or its power cannot be switched. */
export const slotOf = (roots: Roots, bdf: Bdf): Slot | null => {
  const parent = basename(dirname(realpathSync(deviceFolder(roots, bdf))));
  if (!existsSync(join(roots.sys, 'bus/pci/devices', parent))) return null;
  const port = parseBdf(parent);
  const fields = fieldsOf(readFileSync(configOf(roots, port)));
  const at = findCapability(fields, EXPRESS);
  if (at === null || (fields.word(at + FLAGS) & FLAGS_SLOT) === 0) return null;
  if ((fields.word(at + SLOT_CAPABILITIES) & POWER_CONTROLLER) === 0) return null;
  return { port, control: at + SLOT_CONTROL };
};

/**
 * Switches the slot's power and its indicator off: the device is gone at once, and nobody was
 * asked. Then it puts both back as they were: the kernel, to whom the port reports the empty slot
 * only now, does nothing about a slot that it finds without power (drivers/pci/hotplug/pciehp_ctrl.c).
 */
export const switchSlotOff = (roots: Roots, { port, control }: Slot): void => {
  const fd = openSync(configOf(roots, port), 'r+');
  try {
    const before = Buffer.alloc(2);
    readSync(fd, before, 0, 2, control);
    const off = Buffer.alloc(2);
    const kept = before.readUInt16LE() & ~(POWER_INDICATOR | INTERRUPT);
    off.writeUInt16LE(kept | POWER_INDICATOR_OFF | POWER_OFF);
    for (const word of [off, before]) writeSync(fd, word, 0, 2, control);
  } finally {
    closeSync(fd);
  }
};

const configOf = (roots: Roots, bdf: Bdf): string => join(deviceFolder(roots, bdf), 'config');
