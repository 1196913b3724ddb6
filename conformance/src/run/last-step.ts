// SPDX-License-Identifier: MIT
import type { Trace } from '../bench/uio-file.js';

/** The vector, or NONE, then the text. */
const SIZE = 256;
const TEXT = 4;
const MOST = SIZE - TEXT;
const NONE = 0xffff_ffff;
const ASCII = 0x80;
const STRANGE = 0x3f; // '?'
const decoder = new TextDecoder();

/** Memory in which one thread notes what it is about to do, and another reads it when it hangs. */
export const createLastStepMemory = (): SharedArrayBuffer => {
  const memory = new SharedArrayBuffer(SIZE);
  new Uint32Array(memory)[0] = NONE;
  return memory;
};

/**
 * What takes note there. Every call of a case comes through it, so it must cost less than a call: a
 * text is written when it is another than the last, and the number of a vector as it is.
 */
export const createTrace = (memory: SharedArrayBuffer): Trace => {
  const bytes = new Uint8Array(memory, TEXT);
  const vectors = new Uint32Array(memory, 0, 1);
  let last = '';
  return (step, vector = NONE) => {
    vectors[0] = vector;
    if (step === last) return;
    last = step;
    const length = Math.min(step.length, MOST);
    for (let at = 0; at < length; at++) {
      const code = step.charCodeAt(at);
      bytes[at] = code < ASCII ? code : STRANGE;
    }
    if (length < MOST) bytes[length] = 0;
  };
};

/** What was noted last; empty when nothing was. */
export const readLastStep = (memory: SharedArrayBuffer): string => {
  const text = decoder.decode(new Uint8Array(memory, TEXT).slice()).replace(/\0.*$/s, '');
  const [vector = NONE] = new Uint32Array(memory, 0, 1);
  return vector === NONE ? text : `${text} { vec ${vector} }`;
};
