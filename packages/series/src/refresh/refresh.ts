// SPDX-License-Identifier: MIT
import { changeSeries, type SeriesChanges } from '../disk/transaction.js';
import { changeDigest } from '../patch/digest.js';
import { loadPrerequisites } from '../prerequisites.js';
import { compareLines, patchesFor, type Series } from '../series.js';
import type { PatchCommit } from '../work/commits.js';
import type { WorkContext } from '../work/edit.js';
import { formatCommits } from '../work/format.js';
import { must, type WorkGit, workGit } from '../work/git.js';
import { readCommits } from '../work/read-commits.js';
import { rememberWork, requireWork, sourceKey, textsKey, type Work } from '../work/record.js';
import { refuse } from '../work/refusals.js';
import {
  requireBase,
  requireBranch,
  requireClean,
  requireClock,
  requireIdle,
  requirePushed,
} from '../work/state.js';
import { changedFiles } from './files.js';
import { type PlannedPatch, type PlannedSeries, planRefresh, type RefreshStatus } from './plan.js';
import { planVariants } from './variant.js';

/** What a refresh did. */
export interface Refreshed {
  readonly patches: readonly {
    readonly file: string;
    readonly was: string | null;
    readonly subject: string;
    readonly status: RefreshStatus;
  }[];
  /** Files of patches that no commit is left of. */
  readonly dropped: readonly string[];
  readonly reordered: boolean;
  /** The files that were written or removed. */
  readonly written: readonly string[];
  /** Variants of patches that changed, which may have to change as well. */
  readonly stale: readonly { readonly line: string; readonly file: string }[];
  /** Files in the worktree that git does not know, and no patch has. */
  readonly untracked: readonly string[];
}

/** {@link WorkContext} without what only making a worktree takes. */
export type RefreshContext = Pick<WorkContext, 'now' | 'signal' | 'onStep'>;

/**
 * Writes the commits of a worktree back into the series that it was made of, changing only what
 * changed. All files, or none.
 *
 * @param why what differs, for variants that the series does not have yet
 * @throws {UserError} for a worktree that is not fit for it, see `refusals.ts`; for commits that are
 *   no patches of a series, what reading a patch throws
 */
export const refreshSeries = async (
  series: Series,
  dir: string,
  { why, ...context }: RefreshContext & { readonly why?: string | undefined },
): Promise<Refreshed> => {
  const git = workGit(dir, context.signal);
  const { work, texts } = await currentWork(series, dir);
  const untracked = await requireReady(dir, git, work, context.now);
  const { line } = work.kernel;
  if (compareLines(line, series.base) > 0)
    throw refuse('line-newer', dir, `${line}, and the series is for ${series.base}`);
  const plan = await readPlan(series, dir, git, work);
  const { changes, patches } =
    line === series.base
      ? { changes: await changedFiles(series, plan), patches: plan.patches }
      : await planVariants(series, line, plan, why);
  await writeBack(series, dir, git, work, { changes, patches, texts }, context);
  return {
    patches: patches.map(({ file, was, subject, status }) => ({ file, was, subject, status })),
    dropped: plan.dropped,
    reordered: plan.reordered,
    written: [...changes.keys()],
    stale: line === series.base ? staleVariants(series, plan) : [],
    untracked,
  };
};

/** Makes sure that a worktree's branch is what it should be; gives the files that git does not know. */
export const requireReady = async (dir: string, git: WorkGit, work: Work, now: number): Promise<string[]> => {
  if (work.rebase) throw refuse('rebase-running', dir);
  requireClock(now, work);
  await requireIdle(dir);
  const branch = await requireBranch(dir, git);
  const untracked = await requireClean(dir, git);
  await requireBase(dir, git, work);
  await requirePushed(dir, git, branch);
  return untracked;
};

// What the worktree was made of must be what the series is: also when it was the last refresh that
// made it so, and was killed before it could say that.
const currentWork = async (
  series: Series,
  dir: string,
): Promise<{ work: Work; texts: (readonly [string, string])[] }> => {
  const work = await requireWork(dir, series);
  const ahead = await loadPrerequisites(series);
  const texts = ahead.flatMap((one) =>
    patchesFor(one, work.kernel.line).map(({ file, text }) => [file, text] as const),
  );
  const key = sourceKey(series, work.kernel.line, ahead);
  if (key === work.key) return { work, texts };
  if (work.next?.key === key) return { work: { ...work, ...work.next, next: null }, texts };
  throw refuse('series-changed', series.dir);
};

const readPlan = async (series: Series, dir: string, git: WorkGit, work: Work): Promise<PlannedSeries> => {
  const last = work.patches.at(-1)?.commit ?? work.base;
  const [before, after, formatted] = await Promise.all([
    readCommits(git, dir, work.base, last),
    readCommits(git, dir, work.base, 'HEAD'),
    formatCommits(git, { base: work.base, head: 'HEAD', prefix: series.prefix }),
  ]);
  if (after.length === 0) throw refuse('nothing-left', dir);
  const olds = patchesFor(series, work.kernel.line).flatMap((patch, at) => {
    const commit = before[at];
    return commit ? [{ patch, commit }] : [];
  });
  const news = after.flatMap((commit, at) => {
    const found = formatted[at];
    return found ? [{ ...found, commit }] : [];
  });
  return planRefresh(olds, news);
};

interface WriteBack {
  readonly changes: SeriesChanges;
  readonly patches: readonly PlannedPatch[];
  /** The texts of what has to be there first. */
  readonly texts: readonly (readonly [string, string])[];
}

// The worktree learns first what the series is about to be: it knows itself again, whatever happens
// in between.
const writeBack = async (
  series: Series,
  dir: string,
  git: WorkGit,
  work: Work,
  { changes, patches, texts }: WriteBack,
  { onStep = () => {} }: RefreshContext,
): Promise<void> => {
  const key = textsKey([...texts, ...patches.map(({ file, text }) => [file, text] as const)]);
  const next = { key, patches: patches.map(({ file, commit }): PatchCommit => ({ file, commit })) };
  await must(git(['update-ref', 'refs/uio-msi/refreshed', next.patches.at(-1)?.commit ?? work.base]));
  await rememberWork(dir, { ...work, next });
  onStep('remembered');
  if (changes.size > 0) await changeSeries(series.dir, changes, onStep);
  await rememberWork(dir, { ...work, ...next, next: null });
  await must(git(['update-ref', 'refs/uio-msi/edited', 'refs/uio-msi/refreshed']));
  onStep('refreshed');
};

const staleVariants = (series: Series, { patches }: PlannedSeries): { line: string; file: string }[] =>
  series.variants.flatMap(({ line, patch, replacement }) => {
    const before = series.patches.find(({ file }) => file === patch);
    const planned = patches.find(({ was }) => was === patch);
    return before && planned && changeDigest(before) !== planned.digest
      ? [{ line, file: replacement.file.replace(/[^/]+$/, planned.file) }]
      : [];
  });
