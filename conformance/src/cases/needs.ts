// SPDX-License-Identifier: MIT

/** What a need can be judged by before the case runs. */
export interface Facts {
  readonly vectors: number;
  readonly hasProvoker: boolean;
}

/** Why the need is not met, or null when it is. */
type Missing = (facts: Facts) => string | null;

/** What a case can need of the device and the machine. */
export const NEEDS = {
  provoker: ({ hasProvoker }) =>
    hasProvoker ? null : 'the suite knows no way to make this device raise a vector',
  twoVectors: ({ vectors }) => (vectors >= 2 ? null : `needs two vectors, the device has ${vectors}`),
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
