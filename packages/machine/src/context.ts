// SPDX-License-Identifier: MIT
import type { Progress } from '@uio-msi/model';

/** What work here is given besides its input. */
export interface Context {
  /** Ends the work when it aborts. */
  readonly signal?: AbortSignal | undefined;
  readonly progress: Progress;
  /** Where digests of this machine's programs are remembered; absent: nowhere. */
  readonly digests?: string | undefined;
}
