// SPDX-License-Identifier: MIT
import type { CellResult } from '../result.js';
import type { Change } from './change.js';
import type { CellPair } from './pair.js';

type Untold = Omit<Change, 'cell'>;

/**
 * The changes of a cell, those of good cases that its other depth brought or left out as one: they
 * are hundreds, and somebody meant it. A case that failed and is left out is told by itself. Pure.
 */
export const toldByDepth = (changes: readonly Untold[], { before, after }: CellPair): readonly Untold[] => {
  if (before?.depth === undefined || after?.depth === undefined) return changes;
  if (before.depth === after.depth) return changes;
  const other = changes.filter(isOfDepth);
  const first = other.find(({ kind }) => kind === 'disappeared') ?? other[0];
  if (first === undefined) return changes;
  return [...changes.filter((change) => !isOfDepth(change)), { ...first, ...saying(other, before, after) }];
};

// One that is MISS was to be run.
const isOfDepth = ({ kind, subject, before, after }: Untold): boolean =>
  subject.type === 'case' &&
  (kind === 'appeared' ||
    (kind === 'disappeared' && before === 'PASS' && (after === null || after === 'SKIP')));

const saying = (
  changes: readonly Untold[],
  before: Pick<CellResult, 'depth'>,
  after: Pick<CellResult, 'depth'>,
): Pick<Untold, 'subject' | 'title' | 'reason' | 'fingerprint'> => {
  const count = (of: Change['kind']) => changes.filter(({ kind }) => kind === of).length;
  const title = `the suite at depth ${after.depth}, before at ${before.depth}`;
  return {
    ...{ subject: { type: 'whole' }, title, fingerprint: title },
    reason: `${count('disappeared')} runs of cases left out, ${count('appeared')} new`,
  };
};
