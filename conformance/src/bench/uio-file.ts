// SPDX-License-Identifier: MIT
import type { Sys } from '../sys/sys.js';
import { DISARM, irqSet, UIO_MSI_IRQ_SET } from '../uapi/uio-msi.js';
import type { Counter } from './counter.js';
import { expectEqual, type Outcome, outcomeOf, SUCCESS } from './expect.js';

/** Takes note of what is being tried, so that a call that never returns can be named. */
export type Trace = (step: string) => void;

/** An open /dev/uioN. */
export class UioFile {
  readonly fd: number;
  readonly #sys: Sys;
  readonly #trace: Trace;

  constructor(sys: Sys, trace: Trace, fd: number) {
    this.#sys = sys;
    this.#trace = trace;
    this.fd = fd;
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

  /** Has the vector signal the counter; throws Failure when the driver refuses. */
  arm(vector: number, counter: Counter): void {
    expectEqual(`${showSet(vector, counter.fd)} (${counter.label})`, this.set(vector, counter.fd), SUCCESS);
  }

  /** Has the vector signal nothing; throws Failure when the driver refuses. */
  disarm(vector: number): void {
    expectEqual(showSet(vector, DISARM), this.set(vector, DISARM), SUCCESS);
  }

  /** Tries a set that must fail with `errno`; throws Failure when it does not. */
  refuses(errno: string, vector: number, fd: number): void {
    expectEqual(showSet(vector, fd), this.set(vector, fd), errno);
  }
}

const showSet = (vector: number, fd: number): string => `UIO_MSI_IRQ_SET { vec ${vector}, fd ${fd} }`;
