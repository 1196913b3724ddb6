// SPDX-License-Identifier: MIT
import { closeSync, openSync } from 'node:fs';
import { constants } from 'node:os';
import { expect, it } from 'vitest';
import { INSTRUCTIONS_32 } from './instructions32.js';
import { DATA_ADDRESS, program32, runProgram32, runsProgram32 } from './program32.js';
import { Failure } from './verdicts.js';

const FIONREAD = 0x541b;

it('is a 32-bit executable that ends with its data', () => {
  const bytes = program32(FIONREAD, Uint8Array.from([1, 2, 3, 4]));
  expect([...bytes.subarray(0, 5)]).toEqual([0x7f, 0x45, 0x4c, 0x46, 1]);
  expect([...bytes.subarray(-4)]).toEqual([1, 2, 3, 4]);
  expect(DATA_ADDRESS - 0x0804_8000).toBe(bytes.length - 4);
});

it.each(Object.entries(INSTRUCTIONS_32))(
  'has as many instructions on %s whatever the numbers',
  (_, { code }) => {
    expect(code(0xffff_ffff, 0x0804_8000, 65_536)).toHaveLength(code(0, 0, 0).length);
  },
);

it('is what an assembler makes of it for 32-bit Arm', () => {
  // movw r0, #3; movt r0, #0; movw r1, #0x3b02; movt r1, #0xc018; movw r2, #0x8000; movt r2, #0x804
  const words = [0xe3000003, 0xe3400000, 0xe3031b02, 0xe34c1018, 0xe3082000, 0xe3402804];
  const bytes = Uint8Array.from(INSTRUCTIONS_32['arm64']?.code(0xc018_3b02, 0x0804_8000, 4) ?? []);
  expect([...new Uint32Array(bytes.buffer)].slice(0, 6)).toEqual(words);
});

// Where this kernel cannot run it, it must say so instead of making an answer up.
it('makes its ioctl on the descriptor it inherits, and gives errno and data back', () => {
  const fd = openSync('/proc/self/cmdline', 'r');
  const call = () => runProgram32(0x4987, new Uint8Array(8).fill(9), [fd]);
  if (runsProgram32())
    expect(call()).toEqual({ errno: constants.errno.ENOTTY, data: new Uint8Array(8).fill(9) });
  else expect(call).toThrow(Failure);
  closeSync(fd);
});
