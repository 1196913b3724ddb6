// SPDX-License-Identifier: MIT
import { run } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';
import { applyOnce, readCover } from '@uio-msi/series';
import type { Revision } from '../../message/message.js';
import type { Applied, Facts, FactValues, Known, Unknown } from '../facts.js';
import { patchMails } from '../revision.js';
import { findBuildFiles } from './build-files.js';
import { checkMails } from './checkpatch.js';
import { findEarlier } from './earlier.js';
import { findMaintainers } from './get-maintainer.js';
import type { Place } from './place.js';
import { findPrerequisites } from './prerequisites.js';

/** What finding out about a revision takes. */
export interface FindOptions {
  readonly now: Date;
  /** `7.2.6`. */
  readonly kernel: string;
  /** Where it is tried, or why it cannot be. */
  readonly place: Known<Place>;
  /** What the ledger knows; asked while the tools of the kernel run. */
  readonly prefixes: () => Promise<FactValues['prefixes']>;
  readonly matrix: () => Promise<FactValues['matrix']>;
  readonly leftOut: () => Promise<FactValues['leftOut']>;
  /** When the revision was sent again, if it was. */
  readonly resent: string | null;
}

/**
 * Finds out what the rules have to know of a revision. What cannot be found out is told, not thrown:
 * it blocks those rules that need it.
 *
 * @throws {UserError} when the archive of posted revisions is not what it was
 * @throws {Interrupted} when the signal aborts
 */
export const findFacts = async (revision: Revision, options: FindOptions): Promise<Facts> => {
  const { now, kernel, place } = options;
  const patches = patchMails(revision).map(({ patch }) => patch);
  const at = <T>(find: (place: Place) => Promise<T>): Promise<Known<T>> =>
    'unknown' in place ? Promise.resolve(place) : known(() => find(place.value));
  const applied = at((where) => applyOnce(where, where.base, patches, where));
  const afterSeries = async <T>(find: (gitDir: string, tree: string) => Promise<T>): Promise<Known<T>> => {
    const after = await applied;
    if ('unknown' in after) return after;
    const { tree } = after.value;
    if (tree === null) return DOES_NOT_APPLY;
    return at(({ gitDir }) => find(gitDir, tree));
  };
  const fileAfter = (path: string) => afterSeries((gitDir, tree) => readFile(gitDir, tree, path));
  const found = {
    now: Promise.resolve({ value: now }),
    earlier: findEarlier(revision.series.dir).then((value) => ({ value })),
    cover: readCover(revision.series.dir).then((value) => ({ value })),
    applied: applied.then(
      (one): Known<Applied> => ('unknown' in one ? one : { value: { kernel, patches: one.value.patches } }),
    ),
    checkpatch: at((where) => checkMails(revision, where)),
    maintainers: applied.then((after) => {
      // With the series, so that the entries which it adds to MAINTAINERS count.
      const tree = 'unknown' in after ? null : after.value.tree;
      return at((where) => findMaintainers(patches, tree === null ? where : { ...where, base: tree }));
    }),
    maintainersFile: fileAfter('MAINTAINERS'),
    ioctlNumbers: fileAfter('Documentation/userspace-api/ioctl/ioctl-number.rst'),
    buildFiles: afterSeries((gitDir, tree) => findBuildFiles(gitDir, tree, patches)),
    prerequisites: findPrerequisites(revision.series).then((value) => ({ value })),
    resent: Promise.resolve({ value: options.resent }),
    prefixes: known(options.prefixes),
    matrix: known(options.matrix),
    leftOut: known(options.leftOut),
  };
  const entries = Object.entries(found).map(async ([name, fact]) => [name, await fact] as const);
  return Object.fromEntries(await Promise.all(entries)) as unknown as Facts;
};

const DOES_NOT_APPLY = {
  unknown: {
    verdict: 'MISS',
    reason: 'the series does not apply',
    next: 'make it apply first: the rule base says what does not',
  },
} as const;

/** A fact, or why it could not be found out when the machine is at fault. */
export const known = async <T>(find: () => Promise<T>): Promise<Known<T>> => {
  try {
    return { value: await find() };
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    const reason = [error.message, error.why].filter(Boolean).join(': ');
    return { unknown: { verdict: 'ERROR', reason, next: error.next } satisfies Unknown };
  }
};

const readFile = async (gitDir: string, tree: string, path: string): Promise<string> => {
  const { exitCode, stdout, stderr } = await run('git', ['--git-dir', gitDir, 'show', `${tree}:${path}`]);
  if (exitCode === 0) return stdout;
  throw new EnvironmentError({
    code: 'file-unreadable',
    message: `${path} of the patched tree cannot be read`,
    why: stderr.trim(),
    next: 'if store.git in the state folder is damaged, remove it: it is made again',
  });
};
