// SPDX-License-Identifier: MIT
import {
  type Cell,
  type CellResult,
  type ChangeGroup,
  type ChangeKind,
  cellKey,
  type StageName,
} from '@uio-msi/model';
import type { VNode } from 'preact';
import { configured, count, isFailure, KIND_WORDS } from '../../words.js';
import { cellFile } from '../names.js';
import { Command } from '../page.js';
import { Badge, KindTag } from '../verdict.js';

// A reader looks at the first; the rest is a click away.
const MOST_CELLS = 8;
const MOST_LINKS = 500;

/** The cells of a run by their keys. */
export type CellsByKey = ReadonlyMap<string, CellResult>;

interface LinksProps {
  readonly cells: readonly Cell[];
  readonly stage: StageName | null;
  /** The cells that have a page. */
  readonly known: CellsByKey;
}

const CellLink = ({ cell, stage, known }: Omit<LinksProps, 'cells'> & { readonly cell: Cell }): VNode => {
  const name = [cell.kernel, cell.arch, cell.toolchain, configured(cell)].join(' ');
  const result = known.get(cellKey(cell));
  if (!result) return <li>{name}</li>;
  const part = result.stages.some((one) => one.stage === stage) ? `#${stage}` : '';
  return (
    <li>
      <a href={cellFile(result) + part}>{name}</a>
    </li>
  );
};

/** Cells by name, each leading to its page; many are folded. */
export const CellLinks = ({ cells, stage, known }: LinksProps): VNode => {
  const links = cells
    .slice(0, MOST_LINKS)
    .map((cell) => <CellLink key={cellKey(cell)} cell={cell} stage={stage} known={known} />);
  if (links.length <= MOST_CELLS) return <ul class="cells">{links}</ul>;
  return (
    <details>
      <summary>{count(cells.length, 'cell')}</summary>
      <ul class="cells">{links}</ul>
      {cells.length > links.length && (
        <p class="soft">and {cells.length - links.length} others: see the matrix</p>
      )}
    </details>
  );
};

interface CardProps {
  readonly group: ChangeGroup;
  readonly cells: CellsByKey;
  /** Nothing to compare with: what fails is not called new, and what is flaky not newly so. */
  readonly plain: boolean;
}

/** One failure, wherever it is. */
export const GroupCard = ({ group, cells, plain }: CardProps): VNode => {
  const first = group.cells.map((cell) => cells.get(cellKey(cell))).find((cell) => cell !== undefined);
  const after = group.changes[0]?.after ?? null;
  const again = first?.stages.find(({ stage }) => stage === group.stage)?.reproduce;
  return (
    <article class={`card c-${group.kind}`}>
      <h3>
        {plain && after ? <Badge verdict={after} /> : <KindTag kind={group.kind} />} {group.title}
      </h3>
      {group.reason && group.reason !== group.title && <p class="reason">{group.reason}</p>}
      <p class="soft">
        {group.stage ?? 'all stages'}, in {count(group.cells.length, 'cell')}
        {group.changes.length > group.cells.length && `, ${group.changes.length} times`}
      </p>
      <CellLinks cells={group.cells} stage={group.stage} known={cells} />
      {after === 'FAIL' && again && <Command line={again} />}
    </article>
  );
};

/** One change that is no failure, in a line. */
const GroupLine = ({ group, cells }: Omit<CardProps, 'plain'>): VNode => (
  <li>
    <KindTag kind={group.kind} /> {group.stage !== null && group.title !== group.stage && `${group.stage}: `}
    {group.title} <span class="soft">in {count(group.cells.length, 'cell')}</span>
    <CellLinks cells={group.cells} stage={group.stage} known={cells} />
  </li>
);

// What is no failure is folded beyond this.
const MOST_LINES = 6;

interface GroupsProps {
  /** All of one kind. */
  readonly groups: readonly ChangeGroup[];
  readonly cells: CellsByKey;
  readonly plain: boolean;
  readonly most: number;
}

/** Changes, each once however many cells have it. */
export const Groups = ({ groups, cells, plain, most }: GroupsProps): VNode => {
  const shown = groups.slice(0, most);
  const key = ({ kind, fingerprint }: ChangeGroup) => `${kind} ${fingerprint}`;
  const kind = groups[0]?.kind ?? 'appeared';
  return (
    <>
      {isFailure({ kind }) || kind === 'flaky' ? (
        shown.map((group) => <GroupCard key={key(group)} group={group} cells={cells} plain={plain} />)
      ) : (
        <details open={groups.length <= MOST_LINES}>
          <summary>
            {groups.length} {KIND_WORDS[kind][1]}
          </summary>
          <ul class="plain">
            {shown.map((group) => (
              <GroupLine key={key(group)} group={group} cells={cells} />
            ))}
          </ul>
        </details>
      )}
      {groups.length > most && (
        <p>
          <a href={`changes.html#${kind}`}>All {groups.length}</a>
        </p>
      )}
    </>
  );
};

/** What a kind of change is called over a list of them. */
export const HEADINGS: Readonly<Record<ChangeKind, string>> = {
  regression: 'Regressions: good before, failing now',
  'new-failure': 'New failures',
  flaky: 'Newly flaky: failed, and passed when tried again',
  'still-failing': 'Still failing',
  disappeared: 'Disappeared: judged before, not now',
  fixed: 'Fixed',
  appeared: 'Appeared: judged for the first time, and good',
};
