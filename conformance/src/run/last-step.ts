// SPDX-License-Identifier: MIT

const SIZE = 256;
const ASCII = 0x80;
const STRANGE = 0x3f; // '?'
const decoder = new TextDecoder();

/** Memory in which one thread notes what it is about to do, and another reads it when it hangs. */
export const createLastStepMemory = (): SharedArrayBuffer => new SharedArrayBuffer(SIZE);

export const writeLastStep = (memory: SharedArrayBuffer, step: string): void => {
  // Every call of a case comes through here: a TextEncoder costs ten times as much as the call.
  const bytes = new Uint8Array(memory);
  const length = Math.min(step.length, SIZE);
  for (let at = 0; at < length; at++) {
    const code = step.charCodeAt(at);
    bytes[at] = code < ASCII ? code : STRANGE;
  }
  if (length < SIZE) bytes[length] = 0;
};

export const readLastStep = (memory: SharedArrayBuffer): string =>
  decoder.decode(new Uint8Array(memory).slice()).replace(/\0.*$/s, '');
