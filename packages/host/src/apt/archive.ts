// SPDX-License-Identifier: MIT
import type { AptEntry } from './sources.js';

/** The Debian archive as this machine reaches it. */
export type Archive = Pick<AptEntry, 'uris' | 'options'>;

// Names of the releases that move from one codename to the next.
const MOVING = ['stable', 'oldstable', 'testing', 'unstable', 'sid'];

// What the entry says about trust and age holds for another suite of the same archive too.
const KEPT = ['signed-by', 'trusted', 'check-valid-until', 'check-date'];

const isSecurity = (suite: string): boolean => suite.endsWith('-security');

/**
 * The entry, among those of a machine, of the archive that has a suite: that of the release itself,
 * or for `…-security` that of its security archive, which is another one. Never a third party's.
 * Null when there is none.
 *
 * @param codename the release that is installed: `bookworm`
 */
export const findArchive = (
  entries: readonly AptEntry[],
  codename: string,
  suite: string,
): Archive | null => {
  const isOfArchive = isSecurity(suite)
    ? isSecurity
    : (known: string) => known === codename || MOVING.includes(known);
  const found = entries.find(
    (entry) =>
      entry.components.includes('main') &&
      entry.suites.some(isOfArchive) &&
      entry.uris.some((uri) => !uri.startsWith('cdrom:')),
  );
  if (!found) return null;
  return {
    uris: found.uris.filter((uri) => !uri.startsWith('cdrom:')),
    options: new Map([...found.options].filter(([name]) => KEPT.includes(name))),
  };
};

/** What a part of the archive is made of, as apt says it: source packages or binary ones. */
export type PackageType = 'deb-src' | 'deb';

/** A `.sources` file for the packages of one suite of the archive. */
export const sourcesFile = ({ uris, options }: Archive, suite: string, type: PackageType): string =>
  [
    `Types: ${type}`,
    `URIs: ${uris.join(' ')}`,
    `Suites: ${suite}`,
    'Components: main',
    ...[...options].map(([name, value]) => `${name}: ${value}`),
    '',
  ].join('\n');
