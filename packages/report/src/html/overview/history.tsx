// SPDX-License-Identifier: MIT
import { CHANGE_KINDS, VERDICTS } from '@uio-msi/model';
import type { VNode } from 'preact';
import { duration, KIND_WORDS, moment } from '../../words.js';
import type { PastRun } from '../input.js';
import { Wide } from '../page.js';
import { Badge } from '../verdict.js';
import { Bar } from './headline.js';

const told = (cells: PastRun['cells']): string =>
  VERDICTS.map((verdict) => [cells.filter((cell) => cell.verdict === verdict).length, verdict] as const)
    .filter(([n]) => n > 0)
    .map(([n, verdict]) => `${n} ${verdict}`)
    .join(', ');

const changed = ({ changes }: PastRun): string =>
  changes === null
    ? ''
    : CHANGE_KINDS.filter((kind) => changes[kind] > 0)
        .map((kind) => `${changes[kind]} ${KIND_WORDS[kind][changes[kind] === 1 ? 0 : 1]}`)
        .join(', ');

/** The runs before, newest first. */
export const History = ({ runs }: { runs: readonly PastRun[] }): VNode => (
  <Wide label="History">
    <table>
      <thead>
        <tr>
          {['run', 'verdict', 'cells', 'what had changed', 'took'].map((name) => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={run.run}>
            <th scope="row">
              {run.href === null ? moment(run.started) : <a href={run.href}>{moment(run.started)}</a>}
              <small>
                {run.revision} {run.run}
              </small>
            </th>
            <td>
              <Badge verdict={run.verdict} />
            </td>
            <td class="bars">
              <Bar cells={run.cells} />
              <small>{told(run.cells)}</small>
            </td>
            <td>{changed(run)}</td>
            <td class="num">{duration(run.seconds)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Wide>
);
