// SPDX-License-Identifier: MIT
import { closeSync, openSync } from 'node:fs';
import { constants } from 'node:os';
import { expect, it } from 'vitest';
import { DATA_ADDRESS, program32, runProgram32, runsProgram32 } from './program32.js';
import { Failure } from './verdicts.js';

const FIONREAD = 0x541b;

it('is a 32-bit executable that ends with its data', () => {
  const bytes = program32(FIONREAD, Uint8Array.from([1, 2, 3, 4]));
  expect([...bytes.subarray(0, 5)]).toEqual([0x7f, 0x45, 0x4c, 0x46, 1]);
  expect([...bytes.subarray(-4)]).toEqual([1, 2, 3, 4]);
  expect(DATA_ADDRESS - 0x0804_8000).toBe(bytes.length - 4);
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
