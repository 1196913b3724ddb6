// SPDX-License-Identifier: MIT
// spoil.mjs HOW BDF: has a device do what no good one does, beside the driver that has it, until it is
// killed. It runs in a guest, with the Node.js and the koffi of the released suite.
//   mute     nothing it sends arrives: bus mastering is taken from it without pause
//   storm    a rocker raises vector 0 without pause
//   off, on  the slot it is in loses its power, and has it again: it answers nothing but ones
import { openSync, readFileSync, readSync, realpathSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const [how = '', bdf = ''] = process.argv.slice(2);
const folder = realpathSync(`/sys/bus/pci/devices/${bdf}`);

// include/uapi/linux/pci_regs.h
const COMMAND = 0x04;
const COMMAND_MEMORY = 0x2;
const FIRST_CAPABILITY = 0x34;
const EXPRESS = 0x10;
const SLOT_CONTROL = 0x18;
const POWER_OFF = 0x0400;
// docs/specs/rocker.txt of QEMU, "Test Registers"
const TEST_IRQ = 0x20;

const put = (fd, at, value) => writeSync(fd, Uint8Array.of(value & 0xff, value >> 8), 0, 2, at);

const mute = () => {
  const config = openSync(join(folder, 'config'), 'r+');
  for (;;) put(config, COMMAND, COMMAND_MEMORY);
};

const storm = () => {
  const suite = dirname(dirname(process.execPath));
  const koffi = createRequire(join(suite, 'suite/'))('koffi');
  const mmap = koffi
    .load(null)
    .func('void *mmap(void *at, size_t length, int protection, int flags, int fd, int64_t offset)');
  const [READ_WRITE, SHARED, PAGE] = [3, 1, 4096];
  const fd = openSync(join(folder, 'resource0'), 'r+');
  const registers = new Uint32Array(koffi.view(mmap(null, PAGE, READ_WRITE, SHARED, fd, 0), PAGE));
  for (;;) registers[TEST_IRQ / 4] = 0;
};

const switchSlot = (off) => {
  const port = join(dirname(folder), 'config');
  const config = readFileSync(port);
  let at = config.readUInt8(FIRST_CAPABILITY);
  while (config.readUInt8(at) !== EXPRESS) at = config.readUInt8(at + 1);
  const fd = openSync(port, 'r+');
  const control = Buffer.alloc(2);
  readSync(fd, control, 0, 2, at + SLOT_CONTROL);
  const word = control.readUInt16LE() & ~POWER_OFF;
  put(fd, at + SLOT_CONTROL, off ? word | POWER_OFF : word);
};

const WAYS = { mute, storm, off: () => switchSlot(true), on: () => switchSlot(false) };
const way = WAYS[how];
if (way === undefined) throw new Error(`spoil.mjs ${Object.keys(WAYS).join('|')} BDF`);
way();
