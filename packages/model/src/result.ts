// SPDX-License-Identifier: MIT
import type { Cell, StageName } from './cell.js';
import type { Change } from './compare/change.js';
import type { Depth } from './depth.js';
import type { Finding } from './finding.js';
import type { PatchResult } from './patch.js';
import type { Verdict } from './verdict.js';

/** A device that the suite met in a guest or on a host. */
export interface DeviceSummary {
  readonly device: string;
  readonly vectors: number;
  /** Its address: `0000:00:02.0`. */
  readonly bdf?: string;
  /** What its interrupts are: `msix`, `msi`, `intx`. */
  readonly interrupts?: string;
}

/** What a conformance case said about one device. */
export interface CaseResult {
  readonly id: string;
  readonly title: string;
  readonly clauses: readonly string[];
  readonly device: string;
  readonly vectors: number;
  /** The address of the device: `0000:00:02.0`; absent where nobody said. */
  readonly bdf?: string;
  readonly verdict: Verdict;
  readonly seconds: number;
  readonly message: string | null;
  /** The kernel's log while the case ran, when it matters. */
  readonly log: string | null;
}

/** What a case on a device is known by in every run: a machine may have several devices of one kind. Pure. */
export const caseIdentity = ({
  id,
  device,
  vectors,
  bdf,
}: Pick<CaseResult, 'id' | 'device' | 'vectors' | 'bdf'>): string =>
  JSON.stringify([id, device, vectors, bdf ?? null]);

/** A piece of the kernel log that means trouble. */
export interface Splat {
  /** The rule that recognised it: `oops`, `warning`, `kasan`, `lockdep`. */
  readonly kind: string;
  /** Its first line. */
  readonly title: string;
  /** The whole of it, from its first line to the end of its trace. */
  readonly text: string;
}

/** What one static check of a stage gave; its findings are with the stage's. */
export interface CheckResult {
  /** Also the tool of its findings. */
  readonly name: string;
  readonly verdict: Verdict;
  readonly seconds: number;
  /** Why, for every verdict but PASS: what it found, or why it was left out. */
  readonly reason: string | null;
}

/** A time that a stage was tried before it gave what it gave. */
export interface Attempt {
  readonly verdict: Verdict;
  readonly reason: string | null;
  readonly seconds: number;
}

/** What one stage of one cell gave. Immutable once written. */
export interface StageResult {
  readonly stage: StageName;
  readonly verdict: Verdict;
  /** Wall-clock seconds the work took when it was done, not when it was looked up. */
  readonly seconds: number;
  /** Whether it came from the ledger. */
  readonly cached: boolean;
  /** Why, for every verdict but PASS and DONE; one line. */
  readonly reason: string | null;
  /** The command that does this stage again by hand. */
  readonly reproduce: string;
  /** The log's file, relative to the state folder; null when there is none. */
  readonly log: string | null;
  readonly findings: readonly Finding[];
  /** What the tree without the series has, and no more with it. */
  readonly fixed?: readonly Finding[];
  /** What later stages need: `tree`, `image`… Names are each stage's own. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly patches?: readonly PatchResult[];
  readonly checks?: readonly CheckResult[];
  readonly devices?: readonly DeviceSummary[];
  readonly cases?: readonly CaseResult[];
  readonly splats?: readonly Splat[];
  /** What came of it before, when it was tried again: one that failed once and passed then is a flake. */
  readonly attempts?: readonly Attempt[];
}

/** Whether a stage failed and passed in one run, without a change between. */
export const isFlake = ({ verdict, attempts = [] }: Pick<StageResult, 'verdict' | 'attempts'>): boolean =>
  verdict === 'PASS' && attempts.some((attempt) => attempt.verdict === 'FAIL');

/** One cell of a run with the results of its stages, in order. */
export interface CellResult extends Cell {
  readonly key: string;
  /** How much the suite does in it. */
  readonly depth?: Depth;
  readonly verdict: Verdict;
  readonly stages: readonly StageResult[];
  /** In a merged run: the run that it is from. */
  readonly from?: string;
  /** In a merged run: what other runs gave for the same cell; this is FAIL where any of them is. */
  readonly others?: readonly CellResult[];
}

/** All that machines gave for a cell: what stands for it first. Pure. */
export const resultsOf = ({ others = [], ...own }: CellResult): readonly [CellResult, ...CellResult[]] => [
  own,
  ...others,
];

/** One invocation: what `--json` gives and what a report is made of. */
export interface RunResult {
  readonly version: 1;
  /** `20261122T081500Z-3f2a`: start time in UTC and four random hex digits. */
  readonly run: string;
  readonly series: string;
  readonly revision: string;
  /** The digest of all patches of the series and their variants: what was tried, whatever it is called. */
  readonly content?: string;
  readonly verdict: Verdict;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly seconds: number;
  /** The command line that was given. */
  readonly command: string;
  /** The tier of the matrix that was run: `nightly`; absent for cells that somebody chose. */
  readonly tier?: string;
  /** Whether somebody chose cells of the tier: then it says nothing of the others. */
  readonly chosen?: true;
  readonly cells: readonly CellResult[];
  /** The names of the runs that this one was merged from. */
  readonly merged?: readonly string[];
}

/** What a run is compared with, and how it differs. */
export interface Comparison {
  /** The run before; null when there was none. */
  readonly before: string | null;
  readonly after: string;
  readonly changes: readonly Change[];
}
