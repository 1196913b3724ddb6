// SPDX-License-Identifier: MIT
import type { GuestOutcome } from '@uio-msi/machine';

/**
 * What ran the code of guests, for the reader of a result: `kvm`, `tcg`. It is no part of the key,
 * for what a kernel does is to be the same with each; when it is not, this says where to look. Pure.
 */
export const acceleratorsOf = (outcomes: readonly Pick<GuestOutcome, 'accelerator'>[]): string =>
  [...new Set(outcomes.map(({ accelerator }) => accelerator))].join(' ');
