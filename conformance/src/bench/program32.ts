// SPDX-License-Identifier: MIT
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { unsigned32 } from '../uapi/struct.js';
import { INSTRUCTIONS_32 } from './instructions32.js';
import { Failure } from './verdicts.js';

/*
 * A 32-bit process, without a compiler or a 32-bit C library on the machine under test: an ELF file
 * of one segment and the few instructions of instructions32.ts. It makes one ioctl, writes what is
 * then in its data, and exits with the errno.
 */
const BASE = 0x0804_8000;
const HEADERS = 52 + 32;
const READ_WRITE_EXECUTE = 7;

// Where there are none for the processor, nothing is run (runsProgram32).
const OURS = INSTRUCTIONS_32[process.arch] ?? { machine: 0, flags: 0, code: () => [] };

/** Where the program has its data: for structures with pointers. */
export const DATA_ADDRESS = BASE + HEADERS + OURS.code(0, 0, 0).length;

/** The program that calls ioctl(3, request, data). Pure. Elf32_Ehdr and Elf32_Phdr: elf(5). */
export const program32 = (request: number, data: Uint8Array): Uint8Array => {
  const half = (low: number, high: number) => low | (high << 16);
  const size = DATA_ADDRESS - BASE + data.length;
  const identity = [0x7f, 0x45, 0x4c, 0x46, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]; // ELF, 32 bits, little-endian
  const header = unsigned32(
    ...[half(2, OURS.machine), 1, BASE + HEADERS, 52, 0, OURS.flags], // an executable, its entry, its program header
    ...[half(52, 32), half(1, 0), half(0, 0)],
  );
  const segment = unsigned32(1, 0, BASE, BASE, size, size, READ_WRITE_EXECUTE, 0x1000);
  return Uint8Array.from([
    ...identity,
    ...header,
    ...segment,
    ...OURS.code(request, DATA_ADDRESS, data.length),
    ...data,
  ]);
};

/** What came of the call: its errno, 0 for none, and what the data was then. */
export interface Answer32 {
  readonly errno: number;
  readonly data: Uint8Array;
}

/** A call that the kernel refuses, and leaves the data alone: /dev/null is no terminal (TCGETS). */
const HARMLESS = { request: 0x5401, data: unsigned32(32), errno: constants.errno.ENOTTY } as const;

/** Whether this machine runs 32-bit programs: processors and kernels need not. */
export const runsProgram32 = (): boolean => {
  if (INSTRUCTIONS_32[process.arch] === undefined) return false;
  const fd = openSync('/dev/null', 'r');
  try {
    const { status, stdout } = spawnProgram32(HARMLESS.request, HARMLESS.data, [fd]);
    // What cannot be executed is given to a shell by some C libraries, which says something else.
    return status === HARMLESS.errno && stdout.equals(HARMLESS.data);
  } finally {
    closeSync(fd);
  }
};

/**
 * Runs the program with copies of `fds` from FIRST_INHERITED on, on a machine that runs such programs.
 * @throws Failure when it is killed, or does not end.
 */
export const runProgram32 = (request: number, data: Uint8Array, fds: readonly number[]): Answer32 => {
  const { status, signal, stdout } = spawnProgram32(request, data, fds);
  if (status === null || stdout.length !== data.length) {
    throw new Failure(
      `a 32-bit process made ioctl 0x${request.toString(16)} and ended with ${signal ?? `status ${status}`} ` +
        `and ${stdout.length} bytes of ${data.length}; ${PATIENCE_MS / 1000} s were its limit`,
    );
  }
  return { errno: status, data: Uint8Array.from(stdout) };
};

const PATIENCE_MS = 5000;

const spawnProgram32 = (request: number, data: Uint8Array, fds: readonly number[]) => {
  const folder = mkdtempSync(join(tmpdir(), 'uio-msi-32-'));
  try {
    const file = join(folder, 'program');
    writeFileSync(file, program32(request, data), { mode: 0o755 });
    const { status, signal, stdout } = spawnSync(file, {
      stdio: ['ignore', 'pipe', 'ignore', ...fds],
      timeout: PATIENCE_MS,
      killSignal: 'SIGKILL',
    });
    return { status, signal, stdout: stdout ?? Buffer.alloc(0) };
  } finally {
    rmSync(folder, { recursive: true });
  }
};
