// SPDX-License-Identifier: MIT
import { unsigned32 } from '../uapi/struct.js';
import { FIRST_INHERITED } from './processes.js';

/** What a 32-bit process of a processor is made of. */
export interface Instructions32 {
  /** Elf32_Ehdr's e_machine and e_flags. */
  readonly machine: number;
  readonly flags: number;
  /**
   * One ioctl on the first descriptor that is inherited, with what is at `data`; a write of the
   * `length` bytes there to standard output; an exit with the errno. As long for all numbers.
   */
  readonly code: (request: number, data: number, length: number) => readonly number[];
}

/** arch/x86/entry/syscalls/syscall_32.tbl and arch/arm/tools/syscall.tbl have the same. */
const CALLS = { exit: 1, write: 4, ioctl: 54 } as const;

// int 0x80, the number in eax, arguments in ebx, ecx, edx.
const INT_80 = [0xcd, 0x80];
const NEG_EAX = [0xf7, 0xd8];
const MOV_ESI_EAX = [0x89, 0xc6];
const MOV_EBX_ESI = [0x89, 0xf3];
const move = (opcode: number, value: number): number[] => [opcode, ...unsigned32(value)];
const eax = (value: number) => move(0xb8, value);
const ebx = (value: number) => move(0xbb, value);
const ecx = (value: number) => move(0xb9, value);
const edx = (value: number) => move(0xba, value);

const I386: Instructions32 = {
  machine: 3, // EM_386
  flags: 0,
  code: (request, data, length) => [
    ...[...eax(CALLS.ioctl), ...ebx(FIRST_INHERITED), ...ecx(request), ...edx(data), ...INT_80],
    ...[...NEG_EAX, ...MOV_ESI_EAX],
    ...[...eax(CALLS.write), ...ebx(1), ...ecx(data), ...edx(length), ...INT_80],
    ...[...MOV_EBX_ESI, ...eax(CALLS.exit), ...INT_80],
  ],
};

// svc 0, the number in r7, arguments in r0, r1, r2. Constants come in halves: MOVW and MOVT, encoding A1.
const SVC_0 = unsigned32(0xef00_0000);
const RSB_R4_R0_0 = unsigned32(0xe260_4000);
const MOV_R0_R4 = unsigned32(0xe1a0_0004);
const half = (opcode: number, register: number, value: number): number =>
  (opcode | ((value & 0xf000) << 4) | (register << 12) | (value & 0xfff)) >>> 0;
const r = (register: number, value: number) =>
  unsigned32(half(0xe300_0000, register, value & 0xffff), half(0xe340_0000, register, value >>> 16));

const ARM: Instructions32 = {
  machine: 40, // EM_ARM
  flags: 0x0500_0000, // EF_ARM_EABI_VER5
  code: (request, data, length) => [
    ...[...r(0, FIRST_INHERITED), ...r(1, request), ...r(2, data), ...r(7, CALLS.ioctl), ...SVC_0],
    ...RSB_R4_R0_0,
    ...[...r(0, 1), ...r(1, data), ...r(2, length), ...r(7, CALLS.write), ...SVC_0],
    ...[...MOV_R0_R4, ...r(7, CALLS.exit), ...SVC_0],
  ],
};

/** By the name that Node.js has for the processor, of which it may be another mode. */
export const INSTRUCTIONS_32: Readonly<Record<string, Instructions32>> = { x64: I386, arm64: ARM };
