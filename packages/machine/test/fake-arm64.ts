// SPDX-License-Identifier: MIT

/*
 * An image without the header of arm64's (Documentation/arch/arm64/booting.rst): QEMU loads it whole
 * and jumps to its first instruction. The PL011 is at 0x900_0000 (hw/arm/virt.c).
 */
const UART_IN_X1 = 0xd2a1_2001; // movz x1, #0x900, lsl #16
const inW0 = (value: number): number => 0x5280_0000 | (value << 5); // movz w0, #value
const STORE_BYTE = 0x3900_0020; // strb w0, [x1]

// PSCI's SYSTEM_OFF, 0x8400_0008 (Documentation/devicetree/bindings/arm/psci.yaml): movk w0, #0x8400, lsl #16; hvc #0
const POWER_OFF = [inW0(8), 0x72b0_8000, 0xd400_0002];

/** An arm64 kernel that writes a text to the console and powers off. */
export const fakeArm64 = (text: string): Uint8Array => {
  const written = Array.from(Buffer.from(text)).flatMap((byte) => [inW0(byte), STORE_BYTE]);
  return new Uint8Array(Uint32Array.from([UART_IN_X1, ...written, ...POWER_OFF]).buffer);
};
