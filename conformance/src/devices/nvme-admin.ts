// SPDX-License-Identifier: MIT
// Registers and layouts: NVM Express Base Specification 1.4, 3.1 "Register Definition".
import { EnvironmentError } from '../errors.js';
import { CannotProvoke, type Registers } from './device.js';

const CONTROLLER = 0; // BAR
const CAP_HIGH = 0x04;
const CAP_HIGH_MEMORY = 1 << 24;
const CC = 0x14;
/** Enabled; entries of 64 bytes for commands, of 16 for completions. */
const CC_ENABLED = 1 | (6 << 16) | (4 << 20);
const CSTS = 0x1c;
const AQA = 0x24;
const ASQ = 0x28;
const ACQ = 0x30;
const PMRCAP = 0xe00;
const PMRCTL = 0xe04;
const PMRCTL_ENABLE = 1;
const DOORBELL = 0x1000;

const PAGE = 4096;
/** Entries of each queue, of which one command at a time uses one. */
export const DEPTH = 4;
export const COMMAND_SIZE = 64;
export const COMPLETION_SIZE = 16;

const PATIENCE_MS = 5000;

/** The admin queue of a controller that has just been enabled, with one command at a time. */
export interface AdminQueue {
  /** Two pages for the commands and the completions of all other queues: the BAR, and where they begin. */
  readonly shared: { readonly bar: number; readonly commands: number; readonly completions: number };
  /** Waits until a command is completed and its message is sent. Throws EnvironmentError when that lasts. */
  await(completed: () => boolean): void;
  /** Has a command carried out; its completion raises vector 0. Throws EnvironmentError when it fails. */
  run(opcode: number, dword10: number, dword11?: number, data?: bigint): void;
  /** Disables the controller, and with it all queues. */
  disable(): void;
}

/**
 * Resets the controller, moves its queues into memory of its own, and enables it. It reaches that
 * memory by the address that the BAR has on the bus, so it must be allowed to master the bus.
 * @throws CannotProvoke when it has no such memory, EnvironmentError when it does not answer.
 */
export const openAdminQueue = (registers: Registers): AdminQueue => {
  const get = (register: number) => registers.read(CONTROLLER, register);
  const set = (register: number, value: number) => registers.write(CONTROLLER, register, value);
  const setAddress = (register: number, value: bigint) => {
    set(register + 4, upper(value));
    set(register, lower(value));
  };
  const awaitThat = (what: string, holds: () => boolean) => {
    const deadline = performance.now() + PATIENCE_MS;
    while (!holds()) {
      if (performance.now() > deadline) throw new EnvironmentError(`The NVMe controller ${what}`);
    }
  };
  /** The message follows the completion: what is read from the controller after it comes after both. */
  const awaitCompletion = (completed: () => boolean) => {
    awaitThat('does not complete a command', completed);
    get(CSTS);
  };
  const switchTo = (configuration: number) => {
    set(CC, configuration);
    awaitThat('does not become ready', () => ((get(CSTS) ^ configuration) & 1) === 0);
  };
  switchTo(0);
  if ((get(CAP_HIGH) & CAP_HIGH_MEMORY) === 0) {
    throw new CannotProvoke('this NVMe controller has no memory of its own (PMR) for queues');
  }
  set(PMRCTL, PMRCTL_ENABLE);
  const memory = (get(PMRCAP) >>> 5) & 7;
  const base = registers.addressOf(memory);
  for (let page = 0; page < 4 * PAGE; page += PAGE)
    for (let at = 0; at < DEPTH * COMMAND_SIZE; at += 4) registers.write(memory, page + at, 0);
  set(AQA, (DEPTH - 1) | ((DEPTH - 1) << 16));
  setAddress(ASQ, base);
  setAddress(ACQ, base + BigInt(PAGE));
  switchTo(CC_ENABLED);

  let submitted = 0;
  let completed = 0;
  /** Status of the command that was submitted: 0 is success. */
  const complete = (): number => {
    const at = PAGE + (completed % DEPTH) * COMPLETION_SIZE + 12;
    const phase = Math.floor(completed / DEPTH) % 2 === 0 ? 1 : 0;
    const status = () => registers.read(memory, at) >>> 16;
    awaitCompletion(() => (status() & 1) === phase);
    completed++;
    set(DOORBELL + 4, completed % DEPTH);
    return status() >>> 1;
  };
  const submit: AdminQueue['run'] = (opcode, dword10, dword11 = 0, data = 0n) => {
    const at = (submitted % DEPTH) * COMMAND_SIZE;
    const dwords = { 0: opcode, 6: lower(data), 7: upper(data), 10: dword10, 11: dword11 };
    for (const [dword, value] of Object.entries(dwords))
      registers.write(memory, at + 4 * Number(dword), value);
    submitted++;
    set(DOORBELL, submitted % DEPTH);
  };
  return {
    shared: { bar: memory, commands: 2 * PAGE, completions: 3 * PAGE },
    await: awaitCompletion,
    run: (opcode, ...dwords) => {
      submit(opcode, ...dwords);
      const status = complete();
      if (status !== 0) {
        throw new EnvironmentError(
          `The NVMe controller refuses command 0x${opcode.toString(16)}: status 0x${status.toString(16)}`,
        );
      }
    },
    disable: () => switchTo(0),
  };
};

const lower = (address: bigint): number => Number(address & 0xffff_ffffn);
const upper = (address: bigint): number => Number(address >> 32n);
