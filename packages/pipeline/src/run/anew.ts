// SPDX-License-Identifier: MIT
import type { StageName } from '@uio-msi/model';

/** What a run does although it is known. */
export interface Anew {
  /** Whether a stage is to be done, whatever the ledger has for its content key. */
  readonly wants: (stage: StageName, key: string) => boolean;
  /** Says that the ledger has what this run gave for a key: cells that share it need not do it once more. */
  readonly kept: (key: string) => void;
}

/** Opens what is done anew in a run: these stages, or none. */
export const openAnew = (stages: ReadonlySet<StageName>): Anew => {
  const done = new Set<string>();
  return {
    wants: (stage, key) => stages.has(stage) && !done.has(key),
    kept: (key) => void done.add(key),
  };
};
