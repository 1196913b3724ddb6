// SPDX-License-Identifier: MIT
import type { State } from '@uio-msi/host';

/** Where a revision is tried. */
export interface Place {
  readonly state: State;
  /** The object store. */
  readonly gitDir: string;
  /** The tree of the base, with what the series needs laid under it. */
  readonly base: string;
  readonly signal?: AbortSignal | undefined;
}
