// SPDX-License-Identifier: MIT
import { type CellResult, stageFingerprint } from '@uio-msi/model';
import type { VNode } from 'preact';
import { firstBad } from '../../words.js';
import { cellFile } from '../names.js';
import { Badge } from '../verdict.js';

// Two that failed otherwise agree as little as one that passed.
const outcome = (cell: CellResult): string => {
  const bad = cell.verdict === 'FAIL' ? firstBad(cell) : undefined;
  return [cell.verdict, bad && stageFingerprint(bad)].join(' ');
};
const disagree = (cell: CellResult): boolean =>
  (cell.others ?? []).some((other) => outcome(other) !== outcome(cell));

/** Cells of a merged run that came out differently on different machines; null when there are none. */
export const Disagreements = ({ cells }: { cells: readonly CellResult[] }): VNode | null => {
  const found = cells.filter(disagree);
  if (found.length === 0) return null;
  return (
    <section id="disagree">
      <h2>Machines disagree</h2>
      <ul class="plain">
        {found.map((cell) => (
          <li key={cell.key}>
            <a href={cellFile(cell)}>{cell.key}</a>{' '}
            {[cell, ...(cell.others ?? [])].map(({ from, verdict }) => (
              <span key={from}>
                <Badge verdict={verdict} /> <span class="mono soft">{from}</span>{' '}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
};
