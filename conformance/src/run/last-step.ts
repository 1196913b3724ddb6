// SPDX-License-Identifier: MIT

const SIZE = 256;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Memory in which one thread notes what it is about to do, and another reads it when it hangs. */
export const createLastStepMemory = (): SharedArrayBuffer => new SharedArrayBuffer(SIZE);

export const writeLastStep = (memory: SharedArrayBuffer, step: string): void => {
  const bytes = new Uint8Array(memory);
  const note = encoder.encode(step).subarray(0, SIZE);
  bytes.set(note);
  bytes.fill(0, note.length);
};

export const readLastStep = (memory: SharedArrayBuffer): string =>
  decoder.decode(new Uint8Array(memory).slice()).replace(/\0.*$/s, '');
