// SPDX-License-Identifier: MIT
import type { Sources } from '@uio-msi/build';
import type { Outcome } from '../stage/stage.js';

/** What a build that compiled sources alone, and brought nothing new, comes to, and what it does not say of the others. Pure. */
export const judgeSources = ({ compiled, broken, leftOut }: Sources): Pick<Outcome, 'verdict' | 'reason'> => {
  if (compiled.length === 0)
    return {
      verdict: 'SKIP',
      reason: 'nothing that the series touches is compiled in this configuration',
    };
  const parts = [
    `${compiled.length} ${compiled.length === 1 ? 'source' : 'sources'} compiled`,
    leftOut.length > 0 && `left out by the configuration: ${leftOut.join(', ')}`,
    broken.length > 0 && `without the series these do not compile either: ${broken.join(', ')}`,
  ];
  return { verdict: 'PASS', reason: parts.filter(Boolean).join('; ') };
};

/** The sources, a line each, for a log. Pure. */
export const tellSources = (sources: Sources | null): string =>
  (Object.keys(WORDS) as (keyof Sources)[])
    .flatMap((what) => (sources?.[what] ?? []).map((path) => `${WORDS[what]}: ${path}\n`))
    .join('');

const WORDS: Readonly<Record<keyof Sources, string>> = {
  compiled: 'compiled',
  broken: 'does not compile',
  leftOut: 'left out',
};
