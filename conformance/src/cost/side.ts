// SPDX-License-Identifier: MIT
import type { Registers } from '../devices/device.js';

/** A device that is open through a driver, so that its interrupts can be had. */
export interface OpenDevice {
  readonly registers: Registers;
  /** Has the vector signal the eventfd. */
  arm(vector: number, eventfd: number): void;
  close(): void;
}

/** One of the two drivers whose round trips are compared. */
export interface Side {
  /** Takes the device from whoever has it and opens it. */
  open(): OpenDevice;
}
