// SPDX-License-Identifier: MIT
import type { Width } from '../sys/mmio.js';
import type { ProvokerFile } from './provoker-file.js';

/** Registers of one device, by BAR and byte offset. One access a call, of 32 bits unless said otherwise. */
export interface Registers {
  read(bar: number, offset: number, width?: Width): number;
  write(bar: number, offset: number, value: number, width?: Width): void;
  /** Where the BAR is on the bus: what a device that masters it would call it. */
  addressOf(bar: number): bigint;
}

/** Makes one device raise the vectors that it is asked for. */
export interface Provoker {
  /**
   * Brings the device to where it can raise these vectors. Called once after each open, before any
   * is armed: it may raise vectors by itself.
   */
  setUp(vectors: readonly number[]): void;
  /** Has the device raise a vector once; it has when this returns. Throws CannotProvoke for one that it cannot. */
  raise(vector: number): void;
  /**
   * Tells the device that its vector was seen, where it waits for that before it raises it again; a
   * device with an interrupt line lets go of it.
   */
  acknowledge(vector: number): void;
  /** Stops it from raising anything. */
  quiesce(): void;
}

/** A kind of device that the suite knows how to provoke. */
export interface DeviceModel {
  readonly name: string;
  /** `vendor:device`, lower-case hexadecimal. */
  readonly ids: readonly string[];
  /** The provoker asserts the device's interrupt line, too, as vector 0, where messages are not used. */
  readonly line?: true;
  readonly provoker: (registers: Registers) => Provoker;
  /** What the model was made from, when it is data: a thread or process of the run makes its own from it. */
  readonly file?: ProvokerFile;
}

/** Thrown by a provoker whose device lacks what it takes: another of the kind may well have it. */
export class CannotProvoke extends Error {
  override readonly name = 'CannotProvoke';
}
