// SPDX-License-Identifier: MIT

/** Bits of /proc/sys/kernel/tainted that accuse a driver: Documentation/admin-guide/tainted-kernels. */
const ACCUSING: Readonly<Record<number, string>> = {
  5: 'bad page (B)',
  7: 'oops or BUG (D)',
  9: 'warning (W)',
  14: 'soft lockup (L)',
};

/** The accusing bits that were set between two readings. Pure. */
export const newTaints = (before: number, after: number): string[] =>
  Object.entries(ACCUSING)
    .filter(([bit]) => ((after & ~before) >>> Number(bit)) & 1)
    .map(([, meaning]) => meaning);
