// SPDX-License-Identifier: MIT
import type { Sys } from '../sys/sys.js';
import { unsigned32 } from '../uapi/struct.js';
import {
  DISARM,
  type Extensible,
  GET_INFO,
  INFO_SIZE,
  type Info,
  irqSet,
  irqSetBlock,
  parseInfo,
  reusedIrqVec,
  SET_BLOCK,
  UIO_MSI_IRQ_SET,
  VECTOR_OPERATIONS,
  type VectorOperation,
} from '../uapi/uio-msi.js';
import type { Counter } from './counter.js';
import { expectEqual, type Outcome, outcomeOf, SUCCESS } from './expect.js';

/** Takes note of what is being tried, and on which vector, so that a call that never returns can be named. */
export type Trace = (step: string, vector?: number) => void;

const callOf = ({ name, request }: Extensible) => ({ step: `ioctl ${name}`, request });

/** An open /dev/uioN. Methods that give no outcome throw Failure when the driver refuses. */
export class UioFile {
  readonly fd: number;
  readonly #sys: Sys;
  readonly #trace: Trace;
  readonly #irqVec: (vec: number) => bigint;

  constructor(sys: Sys, trace: Trace, fd: number) {
    this.#sys = sys;
    this.#trace = trace;
    this.fd = fd;
    this.#irqVec = reusedIrqVec(sys.scratch());
  }

  /** Any ioctl, and how it went. */
  ioctl(request: number, argument: Uint8Array | bigint): Outcome {
    return outcomeOf(() => this.#sys.ioctl(this.fd, request, argument));
  }

  /** UIO_MSI_IRQ_SET, and how it went. */
  set(vector: number, fd: number): Outcome {
    this.#trace(`ioctl ${showSet(vector, fd)}`);
    return this.ioctl(UIO_MSI_IRQ_SET, irqSet(vector, fd));
  }

  /** Has the vector signal the counter. */
  arm(vector: number, counter: Counter): void {
    expectEqual(`${showSet(vector, counter.fd)} (${counter.label})`, this.set(vector, counter.fd), SUCCESS);
  }

  /** Has the vector signal nothing. */
  disarm(vector: number): void {
    expectEqual(showSet(vector, DISARM), this.set(vector, DISARM), SUCCESS);
  }

  /** Tries a set that must fail with `errno`. */
  refuses(errno: string, vector: number, fd: number): void {
    expectEqual(showSet(vector, fd), this.set(vector, fd), errno);
  }

  /** UIO_MSI_GET_INFO. */
  info(): Info {
    this.#trace(`ioctl ${GET_INFO.name}`);
    const bytes = new Uint8Array(INFO_SIZE);
    bytes.set(unsigned32(INFO_SIZE));
    expectEqual(GET_INFO.name, this.ioctl(GET_INFO.request, bytes), SUCCESS);
    return parseInfo(bytes);
  }

  /** UIO_MSI_IRQ_SET_BLOCK with the descriptors for `start` and those that follow, and how it went. */
  setBlock(start: number, fds: readonly number[]): Outcome {
    this.#trace(`ioctl ${showBlock(start, fds)}`);
    const list = unsigned32(...fds);
    const memory = this.#sys.allocate(Math.max(list.length, 1));
    memory.bytes.set(list);
    const outcome = this.ioctl(SET_BLOCK.request, irqSetBlock(start, fds.length, memory.address));
    this.#sys.munmap(memory.address, memory.bytes.length);
    return outcome;
  }

  /** Tries a block and expects this outcome. */
  expectBlock(expected: Outcome, start: number, fds: readonly number[]): void {
    expectEqual(showBlock(start, fds), this.setBlock(start, fds), expected);
  }

  /** UIO_MSI_IRQ_MASK, _UNMASK or _TRIGGER, and how it went. */
  attempt(operation: VectorOperation, vector: number): Outcome {
    const { step, request } = VECTOR_CALLS[operation];
    this.#trace(step, vector);
    return this.ioctl(request, this.#irqVec(vector));
  }

  /** Tries one of these and expects the outcome. */
  expect(expected: Outcome, operation: VectorOperation, vector: number): void {
    const got = this.attempt(operation, vector);
    // The words are made only for who reads them: they take longer than the call does.
    if (got !== expected)
      expectEqual(`${VECTOR_OPERATIONS[operation].name} { vec ${vector} }`, got, expected);
  }

  mask(vector: number): void {
    this.expect(SUCCESS, 'mask', vector);
  }

  unmask(vector: number): void {
    this.expect(SUCCESS, 'unmask', vector);
  }

  trigger(vector: number): void {
    this.expect(SUCCESS, 'trigger', vector);
  }

  /** Writes an int32_t to the file, and says how it went; a write that succeeds takes all four bytes. */
  write(value: number): Outcome {
    this.#trace(`write ${value}`);
    return outcomeOf(() => {
      const bytes = unsigned32(value);
      expectEqual(`bytes that a write of ${value} took`, this.#sys.write(this.fd, bytes), bytes.length);
    });
  }
}

/** What is noted of the operations on one vector, made once. */
const VECTOR_CALLS = {
  mask: callOf(VECTOR_OPERATIONS.mask),
  unmask: callOf(VECTOR_OPERATIONS.unmask),
  trigger: callOf(VECTOR_OPERATIONS.trigger),
} as const;

const showSet = (vector: number, fd: number): string => `UIO_MSI_IRQ_SET { vec ${vector}, fd ${fd} }`;

const showBlock = (start: number, fds: readonly number[]): string =>
  `${SET_BLOCK.name} { start ${start}, count ${fds.length}, fds ${fds.slice(0, 8).join(' ')}${fds.length > 8 ? ' …' : ''} }`;
