// SPDX-License-Identifier: MIT

const A_LINE = 16;

/**
 * A configuration space as `lspci -xxxx` prints it: the address, then lines of sixteen bytes, so that
 * `lspci -F FILE -vvv` explains it. Pure.
 */
export const hexDump = (bdf: string, bytes: Uint8Array): string => {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  const lines = Array.from({ length: Math.ceil(bytes.length / A_LINE) }, (_, i) => {
    const line = bytes.subarray(i * A_LINE, (i + 1) * A_LINE);
    return `${hex(i * A_LINE, bytes.length > 256 ? 3 : 2)}: ${[...line].map((byte) => hex(byte, 2)).join(' ')}`;
  });
  return `${[`${bdf} device`, ...lines].join('\n')}\n`;
};
