// SPDX-License-Identifier: MIT
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readJson, writeAtomic } from '@uio-msi/host';
import * as z from 'zod/mini';
import { patchesFor, type Series } from '../series.js';
import { refuse } from './refusals.js';

const commit = z.string().check(z.regex(/^[0-9a-f]{40,64}$/));

const Base = z.object({ line: z.string(), version: z.string(), commit });

const Work = z.object({
  version: z.literal(1),
  /** The series' folder. */
  series: z.string(),
  kernel: Base,
  /** What the patches are commits upon: the kernel, or the last patch of what has to be there first. */
  base: commit,
  branch: z.string(),
  /** The patches as they were committed, in order. */
  patches: z.array(z.object({ file: z.string(), commit })),
  /** What the patches were made from, and what a refresh is about to make of them. */
  key: z.string(),
  next: z.nullable(z.object({ key: z.string(), patches: z.array(z.object({ file: z.string(), commit })) })),
  /** Seconds since 1970: from here on, time does not go backwards. */
  since: z.number(),
  rebase: z.nullable(
    z.object({
      from: Base,
      /** What is still to be moved, first the next. */
      todo: z.array(z.object({ file: z.string(), commit })),
      done: z.array(
        z.object({
          file: z.string(),
          /** Where it is now; null when nothing is left of it. */
          commit: z.nullable(commit),
          status: z.enum(['clean', 'three-way', 'remembered', 'resolved', 'already-upstream', 'empty']),
        }),
      ),
      head: commit,
      /** Whether the first of `todo` waits for a person to resolve its conflicts. */
      waiting: z.boolean(),
    }),
  ),
});

/** What a worktree remembers of how it was made, in its .git folder. */
export type Work = z.infer<typeof Work>;

const recordPath = (dir: string): string => join(dir, '.git', 'uio-msi.json');

/** What a worktree remembers; null when the folder is none of ours. */
export const recallWork = async (dir: string): Promise<Work | null> => {
  const { success, data } = Work.safeParse(await readJson(recordPath(dir)).catch(() => null));
  return success ? data : null;
};

/** Writes it, as a whole. */
export const rememberWork = (dir: string, work: Work): Promise<void> =>
  writeAtomic(recordPath(dir), JSON.stringify(work, null, 1));

/**
 * What the worktree of a series remembers.
 *
 * @throws {UserError} `worktree-missing`, `worktree-other`
 */
export const requireWork = async (dir: string, series: Series): Promise<Work> => {
  const work = await recallWork(dir);
  if (!work) throw refuse('worktree-missing', dir);
  if (work.series !== series.dir)
    throw refuse('worktree-other', dir, `it is of the series in ${work.series}, not of ${series.dir}`);
  return work;
};

/** A key of all that a worktree for a line is made from: it changes when somebody edits a patch. */
export const sourceKey = (series: Series, line: string, ahead: readonly Series[]): string =>
  textsKey(
    [...ahead, series].flatMap((one) => patchesFor(one, line).map(({ file, text }) => [file, text] as const)),
  );

/** The key of some patch files, in order. */
export const textsKey = (files: readonly (readonly [file: string, text: string])[]): string => {
  const hash = createHash('sha256');
  for (const [file, text] of files) hash.update(`${file}\0${text.length}\0${text}`);
  return hash.digest('hex');
};
