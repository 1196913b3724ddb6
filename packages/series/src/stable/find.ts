// SPDX-License-Identifier: MIT
import { type Patch, touchedPaths } from '../patch/patch.js';
import { refuseBackport } from './refusals.js';
import {
  type Commit,
  commitNamed,
  commitsOf,
  isMerged,
  patchIdOf,
  patchIdsOf,
  type Upstream,
} from './repository.js';

/** What a patch became upstream. */
export interface Merged {
  /** All digits. */
  readonly commit: string;
  /** The commit itself; null when it was only named. */
  readonly found: Commit | null;
  /** Whether it changes what the patch changes; null when that is not known. */
  readonly same: boolean | null;
}

/**
 * Finds the commits of Linus' tree that some patches became: those that were named, and of the others
 * that of the same subject or, where a maintainer changed that, of the same patch-id.
 *
 * @param named commits by the files of patches
 * @throws {UserError} `not-upstream` with all that are not, `upstream-ambiguous`, `upstream-other`,
 *   `upstream-unknown`, `upstream-elsewhere`
 */
export const findMerged = async (
  upstream: Upstream,
  patches: readonly Patch[],
  named: ReadonlyMap<string, string>,
): Promise<Merged[]> => {
  const found: (Merged | null)[] = [];
  for (const patch of patches) {
    const name = named.get(patch.file);
    found.push(name === undefined ? await lookFor(upstream, patch) : await take(upstream, patch, name));
  }
  const missing = patches.filter((_, at) => found[at] === null).map(({ file }) => file);
  const where = `looked for by subject and patch-id in ${upstream.dir}${upstream.branch ? `, ${upstream.branch}` : ''}`;
  if (missing.length > 0) throw refuseBackport('not-upstream', missing.join(', '), where);
  return found.filter((one) => one !== null);
};

const plain = (subject: string): string => subject.replace(/\s+/g, ' ').trim().toLowerCase();

const WHOLE = /^[0-9a-f]{40}$/;

const take = async (upstream: Upstream, patch: Patch, name: string): Promise<Merged> => {
  const found = await commitNamed(upstream, name);
  if (!found) {
    if (WHOLE.test(name)) return { commit: name, found: null, same: null };
    throw refuseBackport('upstream-unknown', name, `for ${patch.file}; it is not in ${upstream.dir}`);
  }
  const same = await isSame(upstream, patch, found);
  if (!same && plain(found.subject) !== plain(patch.subject))
    throw refuseBackport('upstream-other', patch.file, `${name} is "${found.subject}"`);
  if (!(await isMerged(upstream, found.commit)))
    throw refuseBackport('upstream-elsewhere', name, `it is not in ${upstream.branch} of ${upstream.dir}`);
  return { commit: found.commit, found, same };
};

const isSame = async (upstream: Upstream, patch: Patch, commit: Commit): Promise<boolean> =>
  (await patchIdsOf(upstream, [commit])).get(commit.commit) === (await patchIdOf(upstream, patch.text));

const lookFor = async (upstream: Upstream, patch: Patch): Promise<Merged | null> => {
  const commits = await commitsOf(upstream, touchedPaths(patch), patch.date);
  const wanted = plain(patch.subject);
  const titled = commits.filter(({ subject }) => plain(subject) === wanted);
  // A maintainer may change the subject, never the author (modifying-patches.rst).
  const own = commits.filter(({ author }) => author.address === patch.author.address);
  const candidates = titled.length > 0 ? titled : own;
  const id = await patchIdOf(upstream, patch.text);
  const ids = await patchIdsOf(upstream, candidates);
  const exact = candidates.filter(({ commit }) => ids.get(commit) === id);
  const [only, ...others] = exact.length > 0 ? exact : titled;
  if (others.length > 0)
    throw refuseBackport(
      'upstream-ambiguous',
      patch.file,
      [only, ...others].map((one) => one?.commit.slice(0, 12)).join(', '),
    );
  return only ? { commit: only.commit, found: only, same: exact.includes(only) } : null;
};
