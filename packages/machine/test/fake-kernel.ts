// SPDX-License-Identifier: MIT

/**
 * A bzImage whose real-mode setup code is `code`: the least that QEMU's loader takes
 * (Documentation/arch/x86/boot.rst). It runs on a real QEMU with nothing of Linux in it.
 */
export const fakeKernel = (code: readonly number[]): Uint8Array => {
  const image = Buffer.alloc(8192);
  image.writeUInt8(1, 0x1f1); // setup_sects: one more sector of real-mode code
  image.writeUInt16LE(0xaa55, 0x1fe);
  image.set([0xeb, 0x7e], 0x200); // jmp 0x280, over the header
  image.write('HdrS', 0x202, 'latin1');
  image.writeUInt16LE(0x020c, 0x206); // version
  image.writeUInt8(1, 0x211); // loadflags: LOADED_HIGH
  image.writeUInt32LE(0x100000, 0x214); // code32_start
  image.writeUInt32LE(0x7fffffff, 0x22c); // initrd_addr_max
  image.set(code, 0x280);
  return image;
};

/** Does nothing, for ever: cli; jmp . */
export const HANG = [0xfa, 0xeb, 0xfe];

/** Ends the machine as a triple fault or a panic does: mov $6, %al; mov $0xcf9, %dx; out %al, %dx */
export const RESET = [0xb0, 0x06, 0xba, 0xf9, 0x0c, 0xee, ...HANG];

/** Writes to the console without end: mov $0x3f8, %dx; mov $'x', %al; out %al, %dx; jmp .-1 */
export const FLOOD = [0xba, 0xf8, 0x03, 0xb0, 0x78, 0xee, 0xeb, 0xfd];

/** Writes a text to the console: mov $'c', %al; out %al, %dx for each character. */
export const say = (text: string): number[] => [
  ...[0xba, 0xf8, 0x03],
  ...Array.from(Buffer.from(text)).flatMap((byte) => [0xb0, byte, 0xee]),
];

/** What a kernel without a root says last. */
export const NO_ROOT_TEXT = '[    1.4] Kernel panic - not syncing: No working init found.\r\n';

/** Says so. */
export const NO_ROOT = say(NO_ROOT_TEXT);
