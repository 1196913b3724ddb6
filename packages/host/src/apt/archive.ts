// SPDX-License-Identifier: MIT
import type { AptEntry } from './sources.js';

/** The Debian archive as this machine reaches it. */
export type Archive = Pick<AptEntry, 'uris' | 'options'>;

// Names of the releases that move from one codename to the next.
const MOVING = ['stable', 'oldstable', 'testing', 'unstable', 'sid'];

// What the entry says about trust and age holds for another suite of the same archive too.
const KEPT = ['signed-by', 'trusted', 'check-valid-until', 'check-date'];

/**
 * The archive's own entry among those of a machine: that of the release itself, not of its
 * security or third-party archives. Null when there is none.
 *
 * @param codename the release that is installed: `bookworm`
 */
export const findArchive = (entries: readonly AptEntry[], codename: string): Archive | null => {
  const found = entries.find(
    (entry) =>
      entry.components.includes('main') &&
      entry.suites.some((suite) => suite === codename || MOVING.includes(suite)) &&
      entry.uris.some((uri) => !uri.startsWith('cdrom:')),
  );
  if (!found) return null;
  return {
    uris: found.uris.filter((uri) => !uri.startsWith('cdrom:')),
    options: new Map([...found.options].filter(([name]) => KEPT.includes(name))),
  };
};

/** A `.sources` file for the source packages of one suite of the archive. */
export const sourcesFile = ({ uris, options }: Archive, suite: string): string =>
  [
    'Types: deb-src',
    `URIs: ${uris.join(' ')}`,
    `Suites: ${suite}`,
    'Components: main',
    ...[...options].map(([name, value]) => `${name}: ${value}`),
    '',
  ].join('\n');
