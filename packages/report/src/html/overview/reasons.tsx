// SPDX-License-Identifier: MIT
import type { CellResult, RunResult, StageResult } from '@uio-msi/model';
import type { VNode } from 'preact';
import { count } from '../../words.js';
import { Badge } from '../verdict.js';
import { CellLinks, type CellsByKey } from './groups.js';

interface Why {
  readonly stage: StageResult;
  readonly cells: CellResult[];
}

const whys = (run: RunResult, wanted: ReasonsProps['wanted']): readonly Why[] => {
  const found = new Map<string, Why>();
  for (const cell of run.cells)
    for (const stage of cell.stages.filter((one) => wanted(one, cell))) {
      const key = JSON.stringify([stage.verdict, stage.stage, stage.reason]);
      const why = found.get(key);
      if (why) why.cells.push(cell);
      else found.set(key, { stage, cells: [cell] });
    }
  return [...found.values()];
};

interface ReasonsProps {
  readonly run: RunResult;
  readonly wanted: (stage: StageResult, cell: CellResult) => boolean;
  readonly title: string;
  readonly id: string;
  readonly most: number;
  readonly known: CellsByKey;
}

/** Stages that have something in common, each reason once; null when there are none. */
export const Reasons = ({ run, wanted, title, id, most, known }: ReasonsProps): VNode | null => {
  const found = whys(run, wanted);
  if (found.length === 0) return null;
  return (
    <section id={id}>
      <h2>{title}</h2>
      {found.slice(0, most).map(({ stage, cells }) => (
        <article class="card" key={`${stage.verdict}${stage.stage}${stage.reason}`}>
          <h3>
            <Badge verdict={stage.verdict} /> {stage.stage}
          </h3>
          <p class="reason">{stage.reason ?? 'no reason was given'}</p>
          <p class="soft">in {count(cells.length, 'cell')}</p>
          <CellLinks cells={cells} stage={stage.stage} known={known} />
        </article>
      ))}
      {found.length > most && (
        <p class="soft">and {found.length - most} other reasons, on the pages of their cells</p>
      )}
    </section>
  );
};
