// SPDX-License-Identifier: MIT

const WIDTH = 4;
const LITTLE_ENDIAN = true; // as every machine is that this suite runs on

/** 32-bit fields one after the other, as C lays them out on a little-endian machine; negative numbers in two's complement. */
export const unsigned32 = (...values: readonly number[]): Uint8Array =>
  new Uint8Array(new Uint32Array(values).buffer);

/** The 32-bit fields of a structure, unsigned. */
export const fields = (bytes: Uint8Array): number[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / WIDTH) }, (_, i) =>
    view.getUint32(i * WIDTH, LITTLE_ENDIAN),
  );
};

/** The structure with other values in the 32-bit fields of these numbers. */
export const withFields = (bytes: Uint8Array, values: Readonly<Record<number, number>>): Uint8Array =>
  Uint8Array.from([
    ...unsigned32(...fields(bytes).map((value, i) => values[i] ?? value)),
    ...bytes.subarray(bytes.length - (bytes.length % WIDTH)),
  ]);

/** The structure with bytes added at its end. */
export const withTail = (bytes: Uint8Array, tail: readonly number[]): Uint8Array =>
  Uint8Array.from([...bytes, ...tail]);
