// SPDX-License-Identifier: MIT

const DIRECTIONS = { none: 0, write: 1, read: 2, readWrite: 3 } as const;

/**
 * An ioctl number as include/uapi/asm-generic/ioctl.h builds it: direction (2 bits), size (14),
 * type (8), number (8). PowerPC, MIPS and SPARC have other direction bits; none runs this suite.
 */
export const ioctlNumber = (
  direction: keyof typeof DIRECTIONS,
  type: string,
  number: number,
  size: number,
): number => ((DIRECTIONS[direction] << 30) | (size << 16) | (type.charCodeAt(0) << 8) | number) >>> 0;
