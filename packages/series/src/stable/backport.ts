// SPDX-License-Identifier: MIT
import { isApplied, type PatchResult, type PatchStatus } from '@uio-msi/model';
import { applySeries } from '../apply/apply.js';
import type { Patch } from '../patch/patch.js';
import { loadPrerequisites } from '../prerequisites.js';
import { compareLines, patchesFor, type Series, variantFor } from '../series.js';
import type { KernelBase } from '../work/make.js';
import { findMerged, type Merged } from './find.js';
import { backportMessage, type Mention, type Needed } from './message.js';
import { notesOn } from './notes.js';
import { refuseBackport } from './refusals.js';
import { commitNamed, type Upstream } from './repository.js';
import { writePatches } from './write.js';

/** What a backport is to be of. */
export interface BackportOptions {
  readonly series: Series;
  /** Files of the patches that are wanted; null for all. */
  readonly only: readonly string[] | null;
  /** The newest kernel of the stable line. */
  readonly kernel: KernelBase;
  /** The object store that has it. */
  readonly store: string;
  readonly upstream: Upstream;
  /** Commits by the files of patches, of this series and of what it needs. */
  readonly named: ReadonlyMap<string, string>;
  /** More commits that have to be there first. */
  readonly needs: readonly string[];
  readonly mention: Mention;
  /** The address of whoever adjusts patches. */
  readonly by: string;
  readonly signal?: AbortSignal | undefined;
}

/** A patch as it would be sent to a stable tree. */
export interface BackportPatch {
  readonly file: string;
  /** Its file in the series. */
  readonly was: string;
  readonly subject: string;
  /** The commit of Linus' tree. */
  readonly upstream: string;
  /** How what the series has for the line met the kernel. */
  readonly status: PatchStatus;
  /** What differs from upstream, and why. */
  readonly adjusted: string | null;
  readonly text: string;
}

/** A series as it would be sent to a stable tree. */
export interface Backport {
  readonly patches: readonly BackportPatch[];
  /** Patches that the kernel has already. */
  readonly present: readonly string[];
  /** Commits that have to go there first. */
  readonly needed: readonly Needed[];
  /** What a person has to look at. */
  readonly notes: readonly string[];
}

/**
 * Writes the patches of a series for a stable kernel, as stable-kernel-rules.rst ("Option 3") wants
 * them. Author and message are those of the upstream commit where that is at hand; the change is what
 * the series has for that line.
 *
 * @throws {UserError} what {@link findMerged} throws; `stable-newer`, `stable-has-it`, `no-such-patch`,
 *   `not-applying-stable`
 */
export const makeBackport = async (options: BackportOptions): Promise<Backport> => {
  const { series, kernel, store, upstream, signal } = options;
  const { line, version } = kernel;
  if (compareLines(line, series.base) >= 0) throw refuseBackport('stable-newer', line, series.base);
  const wanted = choose(series, options.only);
  const ahead = (await loadPrerequisites(series)).flatMap((one) => meets(one, one.patches, line));
  const all = [...ahead, ...meets(series, wanted, line)];
  const onLine = all.map(({ own }) => own);
  const { patches: results } = await applySeries(store, `${kernel.commit}^{tree}`, onLine, { signal });
  const bad = results.find(({ status }) => !isApplied(status));
  if (bad) throw notApplying(bad, version);
  const todo = all.flatMap((one, at) => {
    const status = results[at]?.status ?? 'clean';
    return status === 'already-upstream' ? [] : [{ ...one, status, below: at < ahead.length }];
  });
  const plans = todo.filter(({ below }) => !below);
  if (plans.length === 0) throw refuseBackport('stable-has-it', `linux ${version}`);
  const merged = await findMerged(
    upstream,
    todo.map(({ patch }) => patch),
    options.named,
  );
  const planned = todo.map((one, at): Planned => ({ ...one, merged: merged[at] as Merged }));
  const needed = [
    ...planned.flatMap(({ below, patch: { subject }, merged: { commit } }) =>
      below ? [{ commit, subject }] : [],
    ),
    ...(await Promise.all(options.needs.map((name) => needOf(upstream, name)))),
  ];
  const own = planned.filter(({ below }) => !below);
  const written = await writePatches({
    ...options,
    below: planned.flatMap(({ below, own: patch }) => (below ? [patch] : [])),
    patches: own.map((one, at) => described(one, at === 0 ? needed : [], options)),
    prefix: `PATCH ${line}.y`,
  });
  return {
    patches: own.map(({ patch, own: { file: was }, status, merged: { commit }, ...one }, at) => ({
      file: written[at]?.file ?? '',
      was,
      subject: patch.subject,
      upstream: commit,
      status,
      adjusted: adjustment({ ...one, status }, line),
      text: written[at]?.text ?? '',
    })),
    present: wanted.map(({ file }) => file).filter((file) => !own.some(({ patch }) => patch.file === file)),
    needed,
    notes: own.flatMap(({ own: patch, merged: one }) => notesOn(patch, one)),
  };
};

/** A patch of a series, and what is in its place on a line. */
interface OnLine {
  readonly patch: Patch;
  readonly own: Patch;
  /** Why it is another one there. */
  readonly why: string | null;
}

interface Planned extends OnLine {
  readonly status: PatchStatus;
  /** It has to be there first, and is not sent. */
  readonly below: boolean;
  readonly merged: Merged;
}

const meets = (series: Series, patches: readonly Patch[], line: string): OnLine[] =>
  patches.map((patch) => ({
    patch,
    own: patchesFor({ ...series, patches: [patch] }, line)[0] ?? patch,
    why: variantFor(series, patch, line)?.why ?? null,
  }));

const choose = ({ patches }: Series, only: readonly string[] | null): readonly Patch[] => {
  const unknown = only?.find((name) => !patches.some((patch, at) => isNamed(patch, at, name)));
  if (unknown !== undefined)
    throw refuseBackport('no-such-patch', unknown, patches.map(({ file }) => file).join(', '));
  return patches.filter((patch, at) => only === null || only.some((name) => isNamed(patch, at, name)));
};

const isNamed = ({ file }: Patch, at: number, name: string): boolean =>
  file === name || `${at + 1}` === name.replace(/^0+(?=\d+$)/, '');

const notApplying = ({ file, status, rejected }: PatchResult, version: string) =>
  refuseBackport(
    'not-applying-stable',
    `${file} (${status} on linux ${version})`,
    rejected.map(({ file: path, hunk, reason }) => `${path} ${hunk ?? ''}: ${reason}`).join('; '),
  );

// At other lines, and nothing else, it still is the same.
const adjustment = ({ why, status }: Pick<Planned, 'why' | 'status'>, line: string): string | null =>
  why ?? (status === 'fuzz' || status === 'three-way' ? `context adjusted for ${line}` : null);

const needOf = async (upstream: Upstream, name: string): Promise<Needed> => {
  const found = await commitNamed(upstream, name);
  if (!found) throw refuseBackport('upstream-unknown', name, `it is not in ${upstream.dir}`);
  return { commit: found.commit, subject: found.subject };
};

// What is not in the commit stays below: the header's date is the patch's, and notes are for reviewers.
const described = (
  one: Planned,
  needed: readonly Needed[],
  { kernel: { line }, mention, by }: BackportOptions,
): Patch => {
  const { own, merged } = one;
  const { commit, found } = merged;
  const message = backportMessage((found ?? own).message, {
    line,
    commit,
    mention,
    needed,
    adjusted: adjustment(one, line),
    by,
  });
  const changed = { ...own, notes: '', message };
  if (!found) return changed;
  return { ...changed, author: found.author, subject: found.subject, date: found.date, text: '' };
};
