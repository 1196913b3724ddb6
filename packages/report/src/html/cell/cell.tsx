// SPDX-License-Identifier: MIT
import { type CellResult, CHANGE_KINDS, type Change } from '@uio-msi/model';
import type { VNode } from 'preact';
import { configured, duration, firstBad, isFailure, KIND_WORDS, moment } from '../../words.js';
import type { CellExtras, SiteInput } from '../input.js';
import type { CellPast } from '../past.js';
import { Badge, KindTag } from '../verdict.js';
import { Stage } from './stage.js';

const Where = ({ change, cell }: { change: Change; cell: CellResult }): VNode => {
  const { stage, title } = change;
  const what = stage === null || title === stage ? title : `${stage}: ${title}`;
  return cell.stages.some((one) => one.stage === stage) ? (
    <a href={`#${stage}`}>{what}</a>
  ) : (
    <span>{what}</span>
  );
};

const ChangeList = ({ changes, cell }: { changes: readonly Change[]; cell: CellResult }): VNode => (
  <ul class="plain">
    {changes.map((change, at) => (
      <li key={`${at + 1}`}>
        <KindTag kind={change.kind} /> <Where change={change} cell={cell} />
        {change.before !== null && change.after !== null && change.before !== change.after && (
          <span class="soft">
            {' '}
            {change.before} → {change.after}
          </span>
        )}
        {change.reason && change.reason !== change.title && <p class="reason">{change.reason}</p>}
      </li>
    ))}
  </ul>
);

// What is no failure is folded beyond this.
const MOST_LINES = 6;

/** What has changed in a cell: its failures first, the rest folded when it is much. */
const Changes = ({ changes, cell }: { changes: readonly Change[]; cell: CellResult }): VNode | null => {
  if (changes.length === 0) return null;
  const failures = changes.filter(isFailure);
  const others = CHANGE_KINDS.map((kind) => changes.filter((one) => one.kind === kind && !isFailure(one)));
  return (
    <section>
      <h2>What has changed</h2>
      {failures.length > 0 && <ChangeList changes={failures} cell={cell} />}
      {others
        .filter(({ length }) => length > 0)
        .map((own) => (
          <details key={own[0]?.kind} open={own.length <= MOST_LINES}>
            <summary>
              {own.length} {KIND_WORDS[own[0]?.kind ?? 'appeared'][1]}
            </summary>
            <ChangeList changes={own} cell={cell} />
          </details>
        ))}
    </section>
  );
};

const Nights = ({ nights }: Pick<CellPast, 'nights'>): VNode | null =>
  nights.length === 0 ? null : (
    <section>
      <h2>Before, newest first</h2>
      <ol class="nights">
        {nights.map(([started, verdict]) => (
          <li key={started}>
            <Badge verdict={verdict} />
            <small>{moment(started)}</small>
          </li>
        ))}
      </ol>
    </section>
  );

const Others = ({ cell }: { cell: CellResult }): VNode | null =>
  cell.others === undefined || cell.others.length === 0 ? null : (
    <section>
      <h2>Other results for this cell</h2>
      <p>
        Shown here is that of run <span class="mono">{cell.from}</span>. Others gave:
      </p>
      <ul class="plain">
        {cell.others.map((other) => (
          <li key={other.from}>
            <Badge verdict={other.verdict} /> <span class="mono">{other.from}</span>:{' '}
            {other.stages.map(({ stage, verdict }) => `${stage} ${verdict}`).join(', ')}
            {firstBad(other)?.reason && <p class="reason">{firstBad(other)?.reason}</p>}
          </li>
        ))}
      </ul>
    </section>
  );

const Steps = ({ cell }: { cell: CellResult }): VNode => (
  <nav aria-label="Stages">
    <ol class="nights">
      {cell.stages.map(({ stage, verdict, seconds, cached }) => (
        <li key={stage}>
          <a href={`#${stage}`}>
            {stage} <Badge verdict={verdict} />
          </a>
          <small>{cached ? 'known' : duration(seconds)}</small>
        </li>
      ))}
    </ol>
  </nav>
);

interface CellProps {
  readonly input: SiteInput;
  readonly cell: CellResult;
  readonly past: CellPast;
  readonly extras: CellExtras;
}

/** Everything that is known of a cell. */
export const CellPage = ({ input, cell, past, extras }: CellProps): VNode => {
  const { run } = input;
  const { changes, nights } = past;
  return (
    <>
      <p>
        <a href="../index.html">
          {run.series} {run.revision}, {moment(run.started)}
        </a>
      </p>
      <header class={`top top-${cell.verdict}`}>
        <h1>
          <Badge verdict={cell.verdict} /> {cell.kernel}
        </h1>
        <p class="soft">
          {cell.arch}, {cell.toolchain}, {configured(cell)}
        </p>
        <Steps cell={cell} />
      </header>
      <Others cell={cell} />
      <Changes changes={changes} cell={cell} />
      {cell.stages.map((stage) => (
        <Stage
          key={stage.stage}
          stage={stage}
          changes={changes.filter((change) => change.stage === stage.stage)}
          extras={extras}
        />
      ))}
      <Nights nights={nights} />
    </>
  );
};
