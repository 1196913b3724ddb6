// SPDX-License-Identifier: MIT
import type { DeviceModel } from '../devices/device.js';
import type { InterruptType } from '../pci/config-space.js';

/** What a need can be judged by before the case runs. */
export interface Facts {
  readonly interrupts: InterruptType;
  readonly vectors: number;
  readonly model: DeviceModel | null;
}

/** Why the need is not met, or null when it is. */
type Missing = (facts: Facts) => string | null;

const atLeast =
  (count: number, inWords: string): Missing =>
  ({ vectors }) =>
    vectors >= count ? null : `needs ${inWords} vectors, the device has ${vectors}`;

/** What a case can need of the device and the machine. */
export const NEEDS = {
  provoker: ({ model }) =>
    model === null ? 'the suite knows no way to make this device raise a vector' : null,
  twoVectors: atLeast(2, 'two'),
  fourVectors: atLeast(4, 'four'),
  veryManyVectors: atLeast(1000, 'a thousand'),
  msix: ({ interrupts }) =>
    interrupts === 'msix' ? null : 'speaks of MSI-X, which the device does not have',
  /** MSI-X or MSI: what comes while masked is kept, nothing masks by itself. */
  messages: ({ interrupts }) =>
    interrupts === 'intx' ? 'speaks of interrupt messages, the device has only a line' : null,
  /** The interrupt line, of a device that has nothing else or can be told to use nothing else. */
  line: ({ interrupts, model }) =>
    interrupts === 'intx' || model?.line ? null : 'the suite knows no way to have this device use a line',
} as const satisfies Readonly<Record<string, Missing>>;

export type Need = keyof typeof NEEDS;

/** The first need that is not met, as a reason. */
export const missingNeed = (needs: readonly Need[] | undefined, facts: Facts): string | null => {
  for (const need of needs ?? []) {
    const reason = NEEDS[need](facts);
    if (reason !== null) return reason;
  }
  return null;
};
