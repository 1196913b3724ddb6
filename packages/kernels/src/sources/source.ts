// SPDX-License-Identifier: MIT
import type { Lock } from '@uio-msi/host';
import type { Kernel } from '../catalogue/kernel.js';
import type { ObjectStore } from '../store/open.js';

/** What getting a kernel from a source takes. */
export interface SourceContext {
  readonly store: ObjectStore;
  /** The store's lock. */
  readonly lock: Lock;
  readonly signal?: AbortSignal | undefined;
  /** Tells what is being done; `fraction` is of that, 0 to 1. */
  readonly tell: (text: string, fraction?: number) => void;
}

/** What a source gave. */
export interface Obtained {
  /** The tree's object id; all of it is in the store. */
  readonly tree: string;
  /** Where it came from and what vouches for it, in a line. */
  readonly source: string;
}

/** One kind of source. */
export interface SourceKind<S> {
  /** The source in a few words, for messages. */
  name(source: S): string;
  /**
   * Brings the kernel's tree into the store.
   *
   * @throws {EnvironmentError} when this source does not have it or cannot be reached
   * @throws {Interrupted} when the signal aborts
   */
  obtain(source: S, kernel: Kernel, ctx: SourceContext): Promise<Obtained>;
}
