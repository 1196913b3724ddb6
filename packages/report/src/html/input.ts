// SPDX-License-Identifier: MIT
import type { CellSummary, Change, RunResult, RunSummary } from '@uio-msi/model';

/** An earlier run, as far as a report shows it. */
export interface PastRun
  extends Pick<RunSummary, 'run' | 'started' | 'verdict' | 'revision' | 'seconds' | 'changes'> {
  readonly cells: readonly Pick<CellSummary, 'key' | 'verdict'>[];
  /** The address of its report from the folder of this one; null when it has none. */
  readonly href: string | null;
}

/** What a report is made of. */
export interface SiteInput {
  readonly run: RunResult;
  /** The run that this one is compared with; null when there is none. */
  readonly before: PastRun | null;
  /** What `compareRuns` says of the two. */
  readonly changes: readonly Change[];
  /** Earlier runs, newest first. */
  readonly history: readonly PastRun[];
}

/** What a page shows of the log of a stage. */
export interface LogExcerpt {
  /** Its last lines. */
  readonly end: string;
  /** How many bytes it has altogether, decompressed. */
  readonly size: number;
  /** The whole of it, from the report's folder: `logs/….txt`. */
  readonly file: string;
}

/** A function and an offset of a trace, and the line of source it stands for. */
export interface DecodedFrame {
  /** As in the trace: `uio_msi_handler+0x1/0x20 [uio_msi]`. */
  readonly frame: string;
  /** `drivers/uio/uio_msi.c:120`, several when functions were inlined; empty when nobody knows. */
  readonly where: readonly string[];
}

/** What a cell's page shows that is not in its result. */
export interface CellExtras {
  /** By the name of the stage. */
  readonly logs: ReadonlyMap<string, LogExcerpt>;
  /** The decoded stack of a splat, by its text; without an entry nothing was tried. */
  readonly stacks: ReadonlyMap<string, readonly DecodedFrame[]>;
}
