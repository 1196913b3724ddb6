// SPDX-License-Identifier: MIT
import { CHANGE_KINDS, type ChangeGroup, type ChangeKind, type RunResult, VERDICTS } from '@uio-msi/model';
import type { VNode } from 'preact';
import { count, duration, KIND_WORDS, moment } from '../../words.js';
import type { PastRun, SiteInput } from '../input.js';
import { Badge } from '../verdict.js';

/** What nobody has been told of yet. */
export const NEWS: readonly ChangeKind[] = ['regression', 'new-failure', 'flaky'];

/** How many failures and others of each kind there are, each once however many cells have it. */
export const tallyKinds = (groups: readonly ChangeGroup[]): ReadonlyMap<ChangeKind, number> =>
  new Map(CHANGE_KINDS.map((kind) => [kind, groups.filter((group) => group.kind === kind).length]));

/** What a run comes to, in a sentence: what is new, or that nothing is, and how much nobody knows. */
export const headline = (
  input: Pick<SiteInput, 'before' | 'run'>,
  groups: readonly ChangeGroup[],
): string => {
  const stages = input.run.cells.flatMap((cell) => cell.stages);
  const unknown = stages.filter(({ verdict }) => verdict === 'ERROR' || verdict === 'MISS').length;
  const said = news(input, groups);
  return unknown === 0 ? said : `${said}, ${count(unknown, 'stage')} not judged`;
};

const news = ({ before }: Pick<SiteInput, 'before'>, groups: readonly ChangeGroup[]): string => {
  const tally = tallyKinds(groups);
  const number = (kind: ChangeKind) => tally.get(kind) ?? 0;
  if (before === null)
    return number('new-failure') === 0 ? 'Nothing fails' : count(number('new-failure'), 'failure');
  const said = NEWS.filter((kind) => number(kind) > 0).map(
    (kind) => `${number(kind)} ${KIND_WORDS[kind][number(kind) === 1 ? 0 : 1]}`,
  );
  if (said.length > 0) return said.join(', ');
  return number('still-failing') > 0
    ? `Nothing new, ${number('still-failing')} still failing`
    : 'Nothing new fails';
};

/** The number of each kind of change, leading to the list of them. */
export const Tiles = ({ groups }: { groups: readonly ChangeGroup[] }): VNode => (
  <ul class="tiles">
    {[...tallyKinds(groups)].map(([kind, n]) => (
      <li key={kind} class={`tile t-${kind}${n === 0 ? ' none' : ''}`}>
        {n > 0 ? (
          <a href={`#${kind}`}>
            <b>{n}</b> {KIND_WORDS[kind][n === 1 ? 0 : 1]}
          </a>
        ) : (
          <span>
            <b>0</b> {KIND_WORDS[kind][1]}
          </span>
        )}
      </li>
    ))}
  </ul>
);

/** How many cells have each verdict, as a bar and in words. */
export const Bar = ({ cells }: { cells: PastRun['cells'] }): VNode => {
  const parts = VERDICTS.map((verdict) => ({
    verdict,
    n: cells.filter((cell) => cell.verdict === verdict).length,
  })).filter(({ n }) => n > 0);
  return (
    <span class="bar" role="img" aria-label={parts.map(({ verdict, n }) => `${n} ${verdict}`).join(', ')}>
      {parts.map(({ verdict, n }) => (
        <span key={verdict} class={`b-${verdict}`} style={`flex-grow:${n}`} />
      ))}
    </span>
  );
};

const Compared = ({ before }: { before: PastRun }): VNode => {
  const name = `${before.run}, ${moment(before.started)}`;
  return (
    <>
      <dt>compared with</dt>
      <dd>{before.href === null ? name : <a href={before.href}>{name}</a>}</dd>
    </>
  );
};

/** Where everything comes from. */
export const Facts = ({ run, before }: Pick<SiteInput, 'run' | 'before'>): VNode => (
  <dl class="facts">
    <dt>run</dt>
    <dd class="mono">{run.run}</dd>
    <dt>started</dt>
    <dd>
      <time dateTime={run.started}>{moment(run.started)}</time>, took {duration(run.seconds)}
    </dd>
    {before && <Compared before={before} />}
    {run.merged && (
      <>
        <dt>merged from</dt>
        <dd class="mono">{run.merged.join(', ')}</dd>
      </>
    )}
    <dt>command</dt>
    <dd>
      <code>{run.command}</code>
    </dd>
    <dt>for machines</dt>
    <dd>
      <a href="run.json">run.json</a>, <a href="junit.xml">junit.xml</a>,{' '}
      <a href="results.ktap">results.ktap</a>, <a href="kcidb.json">kcidb.json</a>
    </dd>
  </dl>
);

const kernelsOf = (run: RunResult): number => new Set(run.cells.map(({ kernel }) => kernel)).size;

interface TopProps {
  readonly input: SiteInput;
  readonly groups: readonly ChangeGroup[];
  /** How many failures are known to come and go. */
  readonly knownFlakes: number;
}

/** The top of the first page: the verdict, and what is new. */
export const Top = ({ input, groups, knownFlakes }: TopProps): VNode => {
  const { run, before } = input;
  return (
    <header class={`top top-${run.verdict}`}>
      <p class="soft">
        {run.series} {run.revision}, {count(run.cells.length, 'cell')} on {count(kernelsOf(run), 'kernel')}
      </p>
      <h1>
        <Badge verdict={run.verdict} /> {headline(input, groups)}
      </h1>
      <Bar cells={run.cells} />
      {before && <Tiles groups={groups} />}
      {knownFlakes > 0 && (
        <p>
          <a href="#known-flaky">{knownFlakes} known to be flaky</a>
        </p>
      )}
      <Facts run={run} before={before} />
    </header>
  );
};
