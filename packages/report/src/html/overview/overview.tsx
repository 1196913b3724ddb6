// SPDX-License-Identifier: MIT
import { CHANGE_KINDS, type ChangeGroup, type ChangeKind, groupChanges, wasBlocked } from '@uio-msi/model';
import type { VNode } from 'preact';
import type { SiteInput } from '../input.js';
import { Disagreements } from './disagreements.js';
import { type CellsByKey, Groups, HEADINGS } from './groups.js';
import { NEWS, Top } from './headline.js';
import { History } from './history.js';
import { KnownFlakes, knownFlakeGroups } from './known-flakes.js';
import { kindsOf, Matrix, Summary } from './matrix.js';
import type { Part } from './parts.js';
import { Reasons } from './reasons.js';
import { Stages } from './stages.js';

// What the first page shows before it leads to another.
const MOST_GROUPS = 20;
const MOST_SQUARES = 1500;
const MOST_STAGES = 12;

/** Whether the matrix is on the first page, or has pages of its own. */
export const isOnePage = ({ run }: Pick<SiteInput, 'run'>): boolean => run.cells.length <= MOST_SQUARES;

interface KindProps {
  readonly kind: ChangeKind;
  readonly groups: readonly ChangeGroup[];
  readonly plain: boolean;
  readonly cells: CellsByKey;
  readonly most: number;
}

// What there is when there is nothing to compare with, and what it is called then.
const PLAIN: Readonly<Partial<Record<ChangeKind, string>>> = {
  'new-failure': 'What fails',
  flaky: 'Flaky: failed, and passed when tried again',
};

/** All changes of a kind; null when there are none. */
const Kind = ({ kind, groups, plain, cells, most }: KindProps): VNode | null => {
  const own = groups.filter((group) => group.kind === kind);
  if (own.length === 0) return null;
  return (
    <section id={kind}>
      <h2>{(plain ? PLAIN[kind] : undefined) ?? HEADINGS[kind]}</h2>
      <Groups groups={own} cells={cells} plain={plain} most={most} />
    </section>
  );
};

const byKey = ({ run }: SiteInput): CellsByKey => new Map(run.cells.map((cell) => [cell.key, cell]));

/** Every change, for the page that has them all. */
export const AllChanges = ({ input }: { input: SiteInput }): VNode => {
  const groups = groupChanges(input.changes);
  const shared = {
    groups,
    plain: input.before === null,
    cells: byKey(input),
    most: Number.POSITIVE_INFINITY,
  };
  return (
    <>
      <p>
        <a href="index.html">
          {input.run.series} {input.run.revision}
        </a>
      </p>
      <h1>All changes</h1>
      {CHANGE_KINDS.filter((kind) => input.before !== null || kind in PLAIN).map((kind) => (
        <Kind key={kind} kind={kind} {...shared} />
      ))}
    </>
  );
};

/** The first page: what the run comes to, what is new, the matrix, what is known. */
export const Overview = ({ input, parts }: { input: SiteInput; parts: readonly Part[] }): VNode => {
  const { run, changes, history } = input;
  const groups = groupChanges(changes);
  const flakes = knownFlakeGroups(input);
  const kinds = input.before === null ? new Map<string, ChangeKind>() : kindsOf(changes);
  const shared = { groups, plain: input.before === null, cells: byKey(input), most: MOST_GROUPS };
  const show = (kind: ChangeKind) => <Kind key={kind} kind={kind} {...shared} />;
  return (
    <>
      <Top input={input} groups={groups} knownFlakes={flakes.length} />
      {NEWS.map(show)}
      <Reasons
        id="not-judged"
        title="Not judged: the machine or the harness was at fault"
        run={run}
        wanted={({ verdict }) => verdict === 'ERROR' || verdict === 'MISS'}
        most={MOST_GROUPS}
        known={shared.cells}
      />
      <Disagreements cells={run.cells} />
      {run.cells.length > 1 && (
        <section id="matrix">
          <h2>Matrix</h2>
          {isOnePage(input) ? (
            parts.map((part) => <Matrix key={part.name} part={part} kinds={kinds} />)
          ) : (
            <Summary parts={parts} />
          )}
        </section>
      )}
      {run.cells.length <= MOST_STAGES && (
        <section id="stages">
          <h2>Stages</h2>
          <Stages cells={run.cells} />
        </section>
      )}
      <KnownFlakes groups={flakes} cells={shared.cells} />
      {input.before !== null && CHANGE_KINDS.filter((kind) => !NEWS.includes(kind)).map(show)}
      <Reasons
        id="left-out"
        title="Left out"
        run={run}
        wanted={(stage, cell) => stage.verdict === 'SKIP' && !wasBlocked(stage, cell)}
        most={MOST_GROUPS}
        known={shared.cells}
      />
      {history.length > 0 && (
        <section id="history">
          <h2>History</h2>
          <History runs={history} />
        </section>
      )}
    </>
  );
};
