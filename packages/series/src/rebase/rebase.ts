// SPDX-License-Identifier: MIT
import { lstat, readdir } from 'node:fs/promises';
import { loadPrerequisites } from '../prerequisites.js';
import { compareLines, patchesFor, type Series } from '../series.js';
import { commitPatches } from '../work/commits.js';
import { dateOf, existing, foldersOf, type WorkContext } from '../work/edit.js';
import { must, type WorkGit, workGit } from '../work/git.js';
import { type Committer, findCommitter } from '../work/identity.js';
import { isKeptAside, keepAside } from '../work/keep.js';
import { type KernelBase, makeWork } from '../work/make.js';
import { recallWork, rememberWork, requireWork, sourceKey, type Work } from '../work/record.js';
import { refuse } from '../work/refusals.js';
import { requireClock } from '../work/state.js';
import { conflictedFiles, goTo, type Resolution, resolve, showConflict } from './conflict.js';
import { finishRebase } from './finish.js';
import { pick } from './pick.js';

/** What has become of a patch. */
export interface RebasedPatch {
  readonly file: string;
  readonly status: Moved['status'] | 'conflict' | 'waiting';
}

/** How far a rebase is. */
export interface Rebased {
  readonly done: boolean;
  readonly patches: readonly RebasedPatch[];
  /** The files of the first conflict. */
  readonly conflicts: readonly string[];
  /** Patches that became variants for the line that the series was made for. */
  readonly variants: readonly string[];
}

type Rebase = NonNullable<Work['rebase']>;
type Moved = Rebase['done'][number];

/** {@link WorkContext} without what only making a worktree takes. */
export type RebaseContext = Pick<WorkContext, 'now' | 'signal' | 'onStep'>;

/**
 * Moves a series to another kernel, patch by patch, by three-way merges. Nothing in its folder
 * changes before all patches are there; until then the worktree has what was done.
 *
 * @param from the kernel that the series is made for
 * @param dir where the worktree on the new kernel is to be
 * @throws {UserError} `rebase-same`, `rebase-running`, `rebase-older`, `worktree-taken`,
 *   `not-applying`, `no-identity`
 */
export const startRebase = async (
  series: Series,
  from: KernelBase,
  to: KernelBase,
  dir: string,
  context: WorkContext,
): Promise<Rebased> => {
  if (from.commit === to.commit) throw refuse('rebase-same', series.name);
  if (compareLines(to.line, from.line) < 0)
    throw refuse('rebase-older', series.name, `${to.line} is older than ${from.line}`);
  await requireFree(dir);
  const ahead = await loadPrerequisites(series);
  const aheadOn = (line: string) => ahead.flatMap((one) => patchesFor(one, line));
  const patches = patchesFor(series, from.line);
  const now = dateOf([...aheadOn(from.line), ...aheadOn(to.line), ...patches], context.now);
  const committer = await findCommitter(await existing(dir), now, context.signal);
  const folders = foldersOf([...aheadOn(to.line), ...patches]);
  await makeWork({ ...context, dir, branch: series.name, folders }, async (at) => {
    const git = workGit(at, context.signal);
    const commitOn = (kernel: KernelBase, parent: string, some: typeof patches) =>
      commitPatches(git, `${at}/.git`, parent, some, {
        committer,
        name: `linux ${kernel.version}`,
        signal: context.signal,
      });
    const under = await commitOn(from, from.commit, aheadOn(from.line));
    const todo = await commitOn(from, under.at(-1)?.commit ?? from.commit, patches);
    const over = await commitOn(to, to.commit, aheadOn(to.line));
    const base = over.at(-1)?.commit ?? to.commit;
    await must(git(['update-ref', 'refs/uio-msi/before', todo.at(-1)?.commit ?? from.commit]));
    const key = sourceKey(series, from.line, ahead);
    const rebase: Rebase = { from, todo, done: [], head: base, waiting: false };
    const work: Work = {
      version: 1,
      series: series.dir,
      kernel: to,
      base,
      branch: series.name,
      patches: [],
      key,
      next: null,
      since: context.now,
      rebase,
    };
    return { work, head: base };
  });
  return continueRebase(series, dir, context);
};

/**
 * Goes on with a rebase: from a conflict that was resolved, or from where it was killed.
 *
 * @throws {UserError} `rebase-none`, `rebase-unresolved`, `series-changed`
 */
export const continueRebase = async (
  series: Series,
  dir: string,
  context: RebaseContext,
): Promise<Rebased> => {
  let work = await requireRebase(series, dir);
  requireClock(context.now, work);
  const git = workGit(dir, context.signal);
  const committer = await findCommitter(dir, dateOf(series.patches, context.now), context.signal);
  const ahead = await loadPrerequisites(series);
  // Killed behind the last step, the series is what this was to make of it.
  if (work.next?.key !== sourceKey(series, work.kernel.line, ahead)) {
    if (work.key !== sourceKey(series, work.rebase.from.line, ahead))
      throw refuse('series-changed', series.dir);
    for (let rebase = work.rebase; rebase.todo.length > 0; rebase = work.rebase) {
      const moved = await moveNext(dir, git, work, committer, context);
      if (moved === null) return report(work, await conflictedFiles(git), []);
      work = { ...work, rebase: moved };
      await rememberWork(dir, work);
      context.onStep?.('moved a patch');
    }
  }
  const variants = await finishRebase(series, ahead, dir, git, work, context);
  return report(work, [], variants);
};

/**
 * Gives a rebase up: the series is what it was. Its worktree is kept under another name, for
 * somebody's commits may be in it; resolutions of conflicts stay remembered.
 *
 * @returns where the worktree is now
 * @throws {UserError} `rebase-none`
 */
export const abortRebase = async (
  series: Series,
  dir: string,
  context: RebaseContext,
): Promise<string | null> => {
  await requireRebase(series, dir);
  await workGit(dir, context.signal)(['rerere']);
  const kept = await keepAside(dir);
  context.onStep?.('set aside');
  return kept;
};

/** Whether a folder is the worktree of a rebase of a series that is under way. */
export const isRebasing = async (dir: string, series: Series): Promise<boolean> => {
  if (isKeptAside(dir)) return false;
  const work = await recallWork(dir);
  return work?.series === series.dir && work.rebase !== null;
};

type RebasingWork = Work & { readonly rebase: Rebase };

const requireRebase = async (series: Series, dir: string): Promise<RebasingWork> => {
  if (!(await lstat(dir).catch(() => null))) throw refuse('rebase-none', dir);
  const work = await requireWork(dir, series);
  if (!work.rebase) throw refuse('rebase-none', dir);
  return { ...work, rebase: work.rebase };
};

const requireFree = async (dir: string): Promise<void> => {
  const names = await readdir(dir).catch(() => []);
  if (names.length === 0) return;
  throw refuse((await recallWork(dir))?.rebase ? 'rebase-running' : 'worktree-taken', dir);
};

// The next patch, moved; null while it waits for a person. That it waits is written down before the
// worktree is touched: from then on what is in there may be somebody's work.
const moveNext = async (
  dir: string,
  git: WorkGit,
  work: RebasingWork,
  committer: Committer,
  { onStep = () => {} }: RebaseContext,
): Promise<Rebase | null> => {
  const { rebase, branch } = work;
  const { head, waiting } = rebase;
  const [next, ...todo] = rebase.todo;
  if (!next) return rebase;
  const place = { commit: next.commit, head };
  const after = ({ status, commit }: Resolution | NonNullable<Awaited<ReturnType<typeof pick>>>): Rebase => ({
    ...rebase,
    todo,
    done: [...rebase.done, { file: next.file, commit, status }],
    head: commit ?? head,
    waiting: false,
  });
  if (waiting) {
    const resolution =
      (await resolve(dir, git, place, committer)) ?? (await showConflict(dir, git, place, committer));
    return resolution && after(resolution);
  }
  const picked = await pick(git, next.commit, head, committer);
  onStep('picked');
  if (picked) return after(picked);
  await goTo(dir, git, branch, head);
  onStep('checked out');
  await rememberWork(dir, { ...work, rebase: { ...rebase, waiting: true } });
  onStep('about to show a conflict');
  const resolution = await showConflict(dir, git, place, committer);
  onStep('showed a conflict');
  return resolution && after(resolution);
};

const report = (
  { rebase }: RebasingWork,
  conflicts: readonly string[],
  variants: readonly string[],
): Rebased => ({
  done: rebase.todo.length === 0,
  patches: [
    ...rebase.done.map(({ file, status }) => ({ file, status })),
    ...rebase.todo.map(({ file }, at) => ({
      file,
      status: at === 0 ? ('conflict' as const) : ('waiting' as const),
    })),
  ],
  conflicts,
  variants,
});
