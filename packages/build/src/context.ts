// SPDX-License-Identifier: MIT
import type { Lock } from '@uio-msi/host';
import type { Progress } from '@uio-msi/model';
import type { CcacheFolders } from './make/variables.js';

/** What building takes beside its inputs. Nothing in it changes what comes out. */
export interface BuildContext {
  readonly signal?: AbortSignal | undefined;
  readonly progress: Progress;
  /** The piece of work that progress is about. */
  readonly work: string;
  /** Keeps others away from the worktree and the build folder; make and all it starts hold it. */
  readonly lock?: Lock | undefined;
  /** The file that gets make's output, appended. */
  readonly log: string;
  /** Null to do without ccache. */
  readonly ccache: CcacheFolders | null;
}
