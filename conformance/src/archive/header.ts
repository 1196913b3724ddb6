// SPDX-License-Identifier: MIT
// POSIX.1-1988 tar, "ustar": pax(1), "ustar Interchange Format". Offset and length of each field.

export const BLOCK = 512;

export const FIELDS = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  magic: [257, 8],
  prefix: [345, 155],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

export type Field = keyof typeof FIELDS;

/** "ustar", a null, and version "00". */
export const MAGIC = 'ustar\x0000';

/** The sum of a header's bytes, its checksum counted as blanks. Pure. */
export const checksumOf = (header: Uint8Array): number => {
  const [start, length] = FIELDS.checksum;
  return header.reduce((sum, byte, at) => sum + (at >= start && at < start + length ? 0x20 : byte), 0);
};
