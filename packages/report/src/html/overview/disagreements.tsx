// SPDX-License-Identifier: MIT
import type { CellResult } from '@uio-msi/model';
import type { VNode } from 'preact';
import { cellFile } from '../names.js';
import { Badge } from '../verdict.js';

const disagree = ({ verdict, others = [] }: CellResult): boolean =>
  others.some((other) => other.verdict !== verdict);

/** Cells of a merged run that came out differently on different machines; null when there are none. */
export const Disagreements = ({ cells }: { cells: readonly CellResult[] }): VNode | null => {
  const found = cells.filter(disagree);
  if (found.length === 0) return null;
  return (
    <section id="disagree">
      <h2>Machines disagree: the worst counts</h2>
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
