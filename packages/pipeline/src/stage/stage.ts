// SPDX-License-Identifier: MIT
import type { Lock, State } from '@uio-msi/host';
import type { ObjectStore } from '@uio-msi/kernels';
import type { Progress, StageName, StageResult } from '@uio-msi/model';
import type { Guests } from '../guest/guests.js';
import type { PlannedCell } from '../plan/plan.js';
import type { Tools } from './tools.js';

/** What a stage works on. */
export interface StageInputs {
  readonly planned: PlannedCell;
  /** What an earlier stage that this one needs gave for later ones. */
  readonly output: (stage: StageName, name: string) => string;
  /** What an earlier stage that this one needs found, and what its checks came to. */
  readonly found: (stage: StageName) => Pick<StageResult, 'findings' | 'checks'>;
  /** The stages of this run, without what cannot be asked of this cell. */
  readonly wanted: ReadonlySet<StageName>;
}

/** What a stage works with. Nothing in it changes what comes out. */
export interface StageContext {
  readonly state: State;
  readonly store: ObjectStore;
  readonly tools: Tools;
  readonly guests: Guests;
  /** The content key this result will be kept under. */
  readonly key: string;
  readonly progress: Progress;
  /** The piece of work that progress is about. */
  readonly work: string;
  readonly signal: AbortSignal;
  /** The cell's lock, for children to hold. */
  readonly lock: Lock;
  /** A file for the stage's log, appended; there is none at first. */
  readonly log: string;
}

/** What a stage itself knows of its result; the runner adds the rest. */
export type Outcome = Pick<StageResult, 'verdict' | 'reason'> &
  Partial<
    Pick<
      StageResult,
      'findings' | 'fixed' | 'outputs' | 'patches' | 'checks' | 'devices' | 'cases' | 'splats'
    >
  > & {
    /** True when a faster machine might have given another verdict: the ledger does not keep it. */
    readonly hurried?: boolean;
  };

/** One step of a cell. */
export interface Stage {
  readonly name: StageName;
  /** Raised when the same inputs would give another result. */
  readonly version: number;
  /** Stages whose verdict must be good before this one runs. */
  readonly needs: readonly StageName[];
  /** Why it has nothing to do for these inputs; null when it has. */
  readonly skip?: (inputs: StageInputs) => string | null;
  /** What this machine lacks for it, and the command that would change that; null when nothing. Then it is MISS. */
  readonly lacks?: (inputs: StageInputs, tools: Tools) => Promise<string | null>;
  /** Whether chance can make it fail: then one failure alone, without a splat, is tried again. */
  readonly mayFlake?: boolean;
  /** Whether it works on trees of the object store alone, and waits for nobody who has the cell's folders. */
  readonly inStore?: boolean;
  /** Starts what takes long and can be made while earlier stages of these cells run. */
  readonly prepare?: (tools: Tools, cells: readonly PlannedCell[]) => void;
  /**
   * Everything that can change the outcome, as a JSON value: content and versions, never a path
   * of this machine. Null for a stage that is always run.
   */
  readonly key: ((inputs: StageInputs, tools: Tools) => Promise<unknown>) | null;
  /** Whether what an earlier result left behind is still there and whole. */
  readonly stillThere?: (
    result: StageResult,
    ctx: Pick<StageContext, 'state' | 'store' | 'tools'>,
  ) => Promise<boolean>;
  /**
   * @throws {EnvironmentError} when the machine is at fault: the verdict becomes ERROR
   */
  readonly run: (inputs: StageInputs, ctx: StageContext) => Promise<Outcome>;
}

/** Declares a stage: one file each in `stages/`. */
export const defineStage = (stage: Stage): Stage => stage;
