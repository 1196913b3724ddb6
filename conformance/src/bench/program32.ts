// SPDX-License-Identifier: MIT
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { unsigned32 } from '../uapi/struct.js';
import { FIRST_INHERITED } from './processes.js';
import { Failure } from './verdicts.js';

/*
 * A 32-bit process, without a compiler or a 32-bit C library on the machine under test: an ELF file
 * of one segment, and a few instructions of the i386 ABI (int 0x80, number in eax, arguments in ebx,
 * ecx, edx). It makes one ioctl, writes what is then in its data, and exits with the errno.
 */
const BASE = 0x0804_8000;
const HEADERS = 52 + 32;
const READ_WRITE_EXECUTE = 7;
const CALLS = { exit: 1, write: 4, ioctl: 54 } as const;

const INT_80 = [0xcd, 0x80];
const NEG_EAX = [0xf7, 0xd8];
const MOV_ESI_EAX = [0x89, 0xc6];
const MOV_EBX_ESI = [0x89, 0xf3];
const move = (opcode: number, value: number): number[] => [opcode, ...unsigned32(value)];
const eax = (value: number) => move(0xb8, value);
const ebx = (value: number) => move(0xbb, value);
const ecx = (value: number) => move(0xb9, value);
const edx = (value: number) => move(0xba, value);

const code = (request: number, data: number, length: number): number[] => [
  ...[...eax(CALLS.ioctl), ...ebx(FIRST_INHERITED), ...ecx(request), ...edx(data), ...INT_80],
  ...[...NEG_EAX, ...MOV_ESI_EAX],
  ...[...eax(CALLS.write), ...ebx(1), ...ecx(data), ...edx(length), ...INT_80],
  ...[...MOV_EBX_ESI, ...eax(CALLS.exit), ...INT_80],
];

const CODE_LENGTH = code(0, 0, 0).length;

/** Where the program has its data: for structures with pointers. */
export const DATA_ADDRESS = BASE + HEADERS + CODE_LENGTH;

/** The program that calls ioctl(3, request, data). Pure. Elf32_Ehdr and Elf32_Phdr: elf(5). */
export const program32 = (request: number, data: Uint8Array): Uint8Array => {
  const half = (low: number, high: number) => low | (high << 16);
  const size = HEADERS + CODE_LENGTH + data.length;
  const identity = [0x7f, 0x45, 0x4c, 0x46, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]; // ELF, 32 bits, little-endian
  const header = unsigned32(
    ...[half(2, 3), 1, BASE + HEADERS, 52, 0, 0], // an executable for i386, its entry, its program header
    ...[half(52, 32), half(1, 0), half(0, 0)],
  );
  const segment = unsigned32(1, 0, BASE, BASE, size, size, READ_WRITE_EXECUTE, 0x1000);
  return Uint8Array.from([
    ...identity,
    ...header,
    ...segment,
    ...code(request, DATA_ADDRESS, data.length),
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
  if (process.arch !== 'x64') return false;
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
