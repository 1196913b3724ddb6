// SPDX-License-Identifier: MIT

/** Registers of one device, by BAR and byte offset. One 32-bit access a call. */
export interface Registers {
  read32(bar: number, offset: number): number;
  write32(bar: number, offset: number, value: number): void;
}

/** Makes one device raise the vectors that it is asked for. */
export interface Provoker {
  /** Brings the device to where it can raise vectors. Called once after each first open. */
  setUp(): void;
  /** Has the device raise a vector once. */
  raise(vector: number): void;
  /** Tells the device that its vector was seen, where it waits for that before it raises it again. */
  acknowledge(vector: number): void;
  /** Stops it from raising anything. */
  quiesce(): void;
}

/** A kind of device that the suite knows how to provoke. */
export interface DeviceModel {
  readonly name: string;
  /** `vendor:device`, lower-case hexadecimal. */
  readonly ids: readonly string[];
  readonly provoker: (registers: Registers) => Provoker;
}
