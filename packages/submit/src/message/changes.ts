// SPDX-License-Identifier: MIT
import type { Patch } from '@uio-msi/series';

/** What a patch does, wherever in its files: a better message, or a tag more, is no other patch. */
export const changesOf = ({ changes }: Patch): string =>
  JSON.stringify(changes.map(({ from, to, hunks }) => [from, to, hunks.map(({ lines }) => lines)]));
