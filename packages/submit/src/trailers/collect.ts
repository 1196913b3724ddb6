// SPDX-License-Identifier: MIT
import { type Patch, pairPatches, postedRevisions, readPosted, type Series } from '@uio-msi/series';
import { parseMailbox, sameAddress } from '../mail/address.js';
import { changesOf } from '../message/changes.js';
import { type Reply, readReplies } from './replies.js';
import { NACK } from './spelling.js';
import type { GivenTag } from './tags.js';
import { readTargets, type Target } from './targets.js';

/** Why somebody has to say whether a tag is meant: its address is not that of the mail; it stands in a
 * quoted line; it was given to a revision before the newest; it names no address; it is not written as
 * tags are; it was given to a cover letter, and speaks of some patches; it is a report (robots ask for
 * that tag "if you fix the issue in a separate patch, i.e. not just a new version of the same patch");
 * its mail says by its subject alone what it answers. */
export type Doubt =
  | 'address'
  | 'quoted'
  | 'older-revision'
  | 'no-address'
  | 'spelling'
  | 'some-patches'
  | 'report'
  | 'by-subject';

/** A tag, and the patch that it was given to. */
export interface Collected {
  readonly key: string;
  readonly value: string;
  /** Who wrote the mail. */
  readonly from: string;
  /** Message-Id of the mail. */
  readonly mail: string;
  /** The revision that it answers; null when that is none of the series'. */
  readonly revision: number | null;
  /** The patch file that it belongs to now; null when there is none. */
  readonly patch: string | null;
  /** Subject of what it answers. */
  readonly subject: string;
  /**
   * `add`; `have`: the patch has it; `ask`: see `doubts`; `changed`: what the patch does is not what it
   * did; `gone`: the series does not have the patch any more; `elsewhere`: it is about other patches;
   * `nack`: it is a no, which somebody has to answer.
   */
  readonly status: 'add' | 'have' | 'ask' | 'changed' | 'gone' | 'elsewhere' | 'nack';
  readonly doubts: readonly Doubt[];
}

/**
 * Collects the tags that the mails of a mailbox give to the patches of a series. Those given to a
 * cover letter are for all patches.
 *
 * @throws {UserError} `mailbox-unreadable`, and what reading the posted revisions of a series throws
 */
export const collectTrailers = async (series: Series, mailbox: string): Promise<Collected[]> => {
  const targets = await readTargets(series);
  const replies = await readReplies(mailbox, targets);
  const places = await readPlaces(series);
  const found = replies.flatMap((reply) =>
    reply.tags.flatMap((tag) => collect(series, reply, tag, places, targets.newest)),
  );
  // Somebody who quotes a tag that was given adds nothing to it; nor does a second copy.
  const given = new Set(found.filter(({ doubts }) => !doubts.includes('quoted')).map(keyOf));
  const seen = new Set<string>();
  return found.filter((one) => {
    const key = keyOf(one);
    if (seen.has(key) || (one.doubts.includes('quoted') && (given.has(key) || one.status === 'have')))
      return false;
    return seen.add(key);
  });
};

const keyOf = ({ key, value, patch, subject }: Collected): string =>
  JSON.stringify([key, parseMailbox(value)?.address.toLowerCase() ?? value, patch ?? subject]);

/** For each posted patch, by revision and number from 1, where it is now. */
type Places = ReadonlyMap<string, { readonly patch: string; readonly changed: boolean }>;

const placeKey = (revision: number, number: number): string => `${revision} ${number}`;

const readPlaces = async (series: Series): Promise<Places> => {
  const places = new Map<string, { patch: string; changed: boolean }>();
  for (const revision of await postedRevisions(series.dir)) {
    const { patches } = await readPosted(series.dir, revision);
    const pairs = pairPatches(
      patches.map(({ patch }) => patch),
      series.patches,
    );
    const paired = new Set(pairs.flatMap(({ before, after }) => (before === null ? [] : (after ?? []))));
    for (const { before, after } of pairs) {
      const old = patches[before ?? -1];
      if (!old) continue;
      // A patch of which little is left is a new one for git range-diff; its subject may say otherwise.
      const renewed = ({ subject }: Patch, at: number) => subject === old.patch.subject && !paired.has(at);
      const now = series.patches[after ?? series.patches.findIndex(renewed)];
      if (!now) continue;
      const changed = changesOf(old.patch) !== changesOf(now);
      places.set(placeKey(revision, old.number ?? 1), { patch: now.file, changed });
    }
  }
  return places;
};

const collect = (
  series: Series,
  reply: Reply,
  tag: GivenTag,
  places: Places,
  newest: number,
): Collected[] => {
  const { key, value } = tag;
  const { target } = reply.answers;
  const common = {
    key,
    value,
    from: reply.from,
    mail: reply.id,
    revision: target?.revision ?? null,
    subject: reply.answers.subject,
    doubts: doubtsOf(reply, tag, target, newest),
  };
  if (key === NACK && target?.number === 0) return [{ ...common, patch: null, status: 'nack' }];
  if (!target) return [{ ...common, patch: null, status: 'elsewhere' }];
  const numbers = target.number > 0 ? [target.number] : numbersOf(places, target.revision);
  return numbers.map((number) => {
    const place = places.get(placeKey(target.revision, number));
    if (!place) return { ...common, patch: null, status: 'gone' };
    return { ...common, patch: place.patch, status: statusOf(series, place, tag, common.doubts) };
  });
};

const numbersOf = (places: Places, revision: number): number[] =>
  [...places.keys()].flatMap((key) => {
    const [of, number] = key.split(' ').map(Number);
    return of === revision && number !== undefined ? [number] : [];
  });

const statusOf = (
  { patches }: Series,
  { patch, changed }: { readonly patch: string; readonly changed: boolean },
  { key, value, address }: GivenTag,
  doubts: readonly Doubt[],
): Collected['status'] => {
  if (key === NACK) return 'nack';
  const trailers = patches.find(({ file }) => file === patch)?.trailers ?? [];
  const has = trailers.some((one) => {
    if (one.key.toLowerCase() !== key.toLowerCase()) return false;
    const theirs = parseMailbox(one.value.split(/\s+#/)[0] ?? '')?.address;
    return theirs && address ? sameAddress(theirs, address) : one.value === value;
  });
  if (has) return 'have';
  if (changed) return 'changed';
  return doubts.length > 0 ? 'ask' : 'add';
};

const doubtsOf = (reply: Reply, tag: GivenTag, target: Target | null, newest: number): Doubt[] => [
  ...(tag.address === null ? (['no-address'] as const) : []),
  ...(tag.address !== null && !sameAddress(tag.address, reply.address) ? (['address'] as const) : []),
  ...(tag.quoted ? (['quoted'] as const) : []),
  ...(target && target.revision < newest ? (['older-revision'] as const) : []),
  ...(tag.loose ? (['spelling'] as const) : []),
  ...(target?.number === 0 && tag.part ? (['some-patches'] as const) : []),
  ...(tag.key === 'Reported-by' ? (['report'] as const) : []),
  ...(reply.bySubject ? (['by-subject'] as const) : []),
];
