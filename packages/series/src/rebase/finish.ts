// SPDX-License-Identifier: MIT
import { isApplied } from '@uio-msi/model';
import { applySeries } from '../apply/apply.js';
import { changeSeries } from '../disk/transaction.js';
import { changeDigest } from '../patch/digest.js';
import { parsePatchFile } from '../patch/patch.js';
import { changedFiles, type VariantText } from '../refresh/files.js';
import { type PlannedSeries, planRefresh } from '../refresh/plan.js';
import { patchesFor, type Series } from '../series.js';
import { formatCommits } from '../work/format.js';
import { must, type WorkGit } from '../work/git.js';
import { readCommits } from '../work/read-commits.js';
import { rememberWork, textsKey, type Work } from '../work/record.js';
import { refuse } from '../work/refusals.js';
import { requireClean } from '../work/state.js';
import type { RebaseContext } from './rebase.js';

type Rebase = NonNullable<Work['rebase']>;

/**
 * Writes a series that was moved into its folder, and makes the worktree one that `series refresh`
 * knows. To be called again when it was killed.
 *
 * @returns the files that became variants for the line that the series was made for
 */
export const finishRebase = async (
  series: Series,
  ahead: readonly Series[],
  dir: string,
  git: WorkGit,
  work: Work & { readonly rebase: Rebase },
  { onStep = () => {}, signal }: RebaseContext,
): Promise<string[]> => {
  const { rebase, kernel, branch, base } = work;
  const settled = { ...work, rebase: null, next: null };
  const texts = (list: readonly { file: string; text: string }[]) =>
    list.map(({ file, text }) => [file, text] as const);
  const aheadTexts = ahead.flatMap((one) => texts(patchesFor(one, kernel.line)));
  if (work.next && work.next.key === textsKey([...aheadTexts, ...texts(patchesFor(series, kernel.line))])) {
    await rememberWork(dir, { ...settled, ...work.next });
    return [];
  }
  await requireClean(dir, git);
  await must(git(['checkout', '--quiet', '-B', branch, rebase.head]));
  onStep('checked out');
  const plan = await readMoved(series, dir, git, { base, rebase });
  const addVariants =
    kernel.line === rebase.from.line ? [] : await oldPatches(series, dir, plan, rebase, signal);
  const changes = await changedFiles(series, plan, { base: kernel.line, addVariants });
  const next = {
    key: textsKey([...aheadTexts, ...texts(plan.patches)]),
    patches: plan.patches.map(({ file, commit }) => ({ file, commit })),
  };
  await rememberWork(dir, { ...work, next });
  onStep('remembered');
  if (changes.size > 0) await changeSeries(series.dir, changes, onStep);
  await must(git(['update-ref', 'refs/uio-msi/edited', rebase.head]));
  await rememberWork(dir, { ...settled, ...next });
  onStep('finished');
  return addVariants.map(({ file }) => file);
};

const readMoved = async (
  series: Series,
  dir: string,
  git: WorkGit,
  { base, rebase }: { base: string; rebase: Rebase },
): Promise<PlannedSeries> => {
  const [first, last] = [rebase.done[0], rebase.done.at(-1)];
  if (!first || !last || rebase.head === base) throw refuse('nothing-left', dir, 'all of it is upstream');
  const [news, formatted, before] = await Promise.all([
    readCommits(git, dir, base, rebase.head),
    formatCommits(git, { base, head: rebase.head, prefix: series.prefix }),
    readCommits(git, dir, rebase.from.commit, 'refs/uio-msi/before'),
  ]);
  const own = before.slice(-series.patches.length);
  return planRefresh(
    patchesFor(series, rebase.from.line).flatMap((patch, at) =>
      own[at] ? [{ patch, commit: own[at] }] : [],
    ),
    news.flatMap((commit, at) => (formatted[at] ? [{ ...formatted[at], commit }] : [])),
  );
};

// Where the moved patches do not apply to the line that they come from, those of before go on being
// the patches for it, all that are different: so they are the series that they were.
const oldPatches = async (
  series: Series,
  dir: string,
  plan: PlannedSeries,
  { from }: Rebase,
  signal: AbortSignal | undefined,
): Promise<VariantText[]> => {
  const moved = await Promise.all(plan.patches.map(({ file, text }) => parsePatchFile(file, text)));
  const { patches } = await applySeries(`${dir}/.git`, from.commit, moved, { signal });
  if (patches.every(({ status }) => isApplied(status) && status !== 'fuzz')) return [];
  const old = new Map(patchesFor(series, from.line).map((patch) => [patch.file, patch.text]));
  return plan.patches.flatMap(({ file, was, text }, at) => {
    const before = was === null ? undefined : old.get(was);
    if (before === undefined || before === text) return [];
    return [
      {
        line: from.line,
        patch: file,
        file: `variants/${from.line}/${file}`,
        ...(moved[at] ? { of: changeDigest(moved[at]) } : {}),
        why: `as it was for ${from.line}`,
        text: before,
      },
    ];
  });
};
