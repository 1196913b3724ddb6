// SPDX-License-Identifier: MIT
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type State, withFreeLock } from '@uio-msi/host';
import type { RunSummary } from '@uio-msi/model';
import { allRuns, runFolder, runLock, withRegistry } from '../run/registry.js';
import { listRuns, readComparison, readSummary, readUsed, resultFile } from '../run/store.js';
import { pruneFolders } from './folders.js';
import { goodRuns } from './good.js';
import { temporaries, unnamedArtefacts } from './litter.js';
import { divide, ledgerFiles, unusedAnswers } from './unused.js';

/** What is kept. */
export interface KeepRule {
  /** Runs of the last so many days. */
  readonly days: number;
  /** At least so many of the newest, whenever they were; at least 1. */
  readonly runs: number;
}

/** What went, or would go. */
export interface Pruned {
  /** Runs that the rule does not keep. */
  readonly runs: readonly string[];
  /** What killed runs left, and artefacts that no run names: paths relative to the state folder. */
  readonly litter: readonly string[];
  /** Results of the ledger, and other answers that are kept to be found again, which nobody used for long: the same. */
  readonly unused: readonly string[];
  /** Worktrees and build folders of cells that no matrix has any more: the same. */
  readonly folders: readonly string[];
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The runs that a rule lets go. Kept whatever it says: of each series and tier, the newest and the
 * last good one, those of chosen cells apart from whole ones, and what a kept run was compared with. Pure.
 *
 * @param runs newest first
 * @param basisOf what a run was compared with
 */
export const runsToPrune = (
  runs: readonly RunSummary[],
  rule: KeepRule,
  now: Date,
  basisOf: (run: string) => string | null = () => null,
): readonly string[] => {
  const kept = new Set([
    ...runs.slice(0, Math.max(1, rule.runs)).map(({ run }) => run),
    ...runs.flatMap(({ run, started }) =>
      now.getTime() - Date.parse(started) > rule.days * DAY_MS ? [] : [run],
    ),
    ...lastRuns(runs).map(({ run }) => run),
  ]);
  for (const run of [...kept]) {
    const basis = basisOf(run);
    if (basis !== null) kept.add(basis);
  }
  return runs.map(({ run }) => run).filter((run) => !kept.has(run));
};

/** The newest and the last good run of each series and tier, those of chosen cells apart. Pure. @param runs newest first */
const lastRuns = (runs: readonly RunSummary[]): readonly RunSummary[] => {
  const first = (of: readonly RunSummary[]): readonly RunSummary[] => [
    ...new Map(
      of.toReversed().map((run) => [`${run.series} ${run.tier} ${run.chosen ?? false}`, run]),
    ).values(),
  ];
  return [...first(runs), ...first(goodRuns(runs))];
};

/**
 * Removes what a rule lets go, and what killed runs left. Of what is in use by a run that is under
 * way nothing goes, and no run begins meanwhile.
 *
 * @param dry only say what would go
 * @param inMatrix names of the folders of all cells of all matrices: then those of no cell go too
 */
export const prune = (
  state: State,
  rule: KeepRule,
  dry = false,
  inMatrix: ReadonlySet<string> | null = null,
): Promise<Pruned> =>
  withRegistry(state, async () => {
    const all = (await allRuns(state)).map(({ run }) => run);
    const idle = new Set<string>();
    for (const run of all) if (!(await isUnderWay(state, run))) idle.add(run);
    // Asked after the locks: a result is written before the lock is let go.
    const results = new Set(await listRuns(state));
    const unfinished = all.filter((run) => !results.has(run));
    const dead = unfinished.filter((run) => idle.has(run));
    const read = await Promise.all([...results].map((run) => readSummary(state, run)));
    const ended = read.filter((summary) => summary !== null);
    const alone = dead.length === unfinished.length;
    const bases = new Map<string, string | null>();
    for (const { run } of ended) bases.set(run, (await readComparison(state, run))?.before ?? null);
    const since = Date.now() - rule.days * DAY_MS;
    const damaged = [...results].filter((run) => !ended.some((summary) => summary.run === run));
    const runs = [
      ...runsToPrune(ended, rule, new Date(), (run) => bases.get(run) ?? null),
      ...(await writtenBefore(state, damaged, since)),
    ];
    const left = [...results].filter((run) => !runs.includes(run));
    const said = new Map<string, readonly string[] | null>();
    for (const run of left) said.set(run, await readUsed(state, run));
    const silent = left.filter((run) => said.get(run) === null);
    const ledgerRule = {
      since,
      named: new Set([...said.values()].flatMap((used) => used ?? [])),
      unsaid: Math.max(0, ...silent.map((run) => endOf(ended.find((summary) => summary.run === run)))),
    };
    const { going, staying } = divide(ledgerFiles(state), ledgerRule);
    const unused = alone ? [...going.flatMap(({ paths }) => paths), ...unusedAnswers(state, since)] : [];
    const litter = [
      ...dead.map((run) => join('runs', run)),
      ...(alone ? [...(await temporaries(state)), ...(await unnamedArtefacts(state, silent, staying))] : []),
    ];
    if (!dry) {
      for (const run of runs) await rm(runFolder(state, run), { recursive: true, force: true });
      for (const path of [...litter, ...unused]) await rm(state.path(path), { recursive: true, force: true });
    }
    const folders = inMatrix ? await pruneFolders(state, inMatrix, lastRuns(ended), dry) : [];
    return { runs, litter, unused, folders };
  });

// A damaged result does not say when it was: its file does.
const writtenBefore = async (
  state: State,
  runs: readonly string[],
  since: number,
): Promise<readonly string[]> => {
  const files = await Promise.all(runs.map((run) => stat(resultFile(state, run)).catch(() => null)));
  return runs.filter((_, at) => (files[at]?.mtimeMs ?? since) < since);
};

// What cannot be read may have ended just now.
const endOf = (summary: RunSummary | undefined): number =>
  summary ? Date.parse(summary.started) + summary.seconds * 1000 : Date.now();

const isUnderWay = async (state: State, run: string): Promise<boolean> => {
  const there = await stat(runLock(state, run)).catch(() => null);
  return there !== null && (await withFreeLock(runLock(state, run), async () => true)) === null;
};
