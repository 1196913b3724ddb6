// SPDX-License-Identifier: MIT
import { type Finding, findingIdentity } from '@uio-msi/model';

/** What a series does to the findings of a tree. */
export interface Against {
  /** What the tree has with it alone. */
  readonly brought: readonly Finding[];
  /** What the tree has without it alone. */
  readonly fixed: readonly Finding[];
}

/**
 * Compares findings by identity, without their lines: what was there before is nobody's fault now. Pure.
 *
 * @param found in the tree with the series
 * @param before in the tree without it
 */
export const againstBase = (found: readonly Finding[], before: readonly Finding[]): Against => ({
  brought: without(found, before),
  fixed: without(before, found),
});

const without = (findings: readonly Finding[], others: readonly Finding[]): readonly Finding[] => {
  const known = new Set(others.map(findingIdentity));
  return findings.filter((finding) => !known.has(findingIdentity(finding)));
};
