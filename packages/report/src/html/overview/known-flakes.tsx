// SPDX-License-Identifier: MIT
import { type CellResult, type Flake, knownFlakes } from '@uio-msi/model';
import type { VNode } from 'preact';
import { count } from '../../words.js';
import type { SiteInput } from '../input.js';
import { CellLinks, type CellsByKey } from './groups.js';

/** The flakes that are no news, each once, with the cells that have it. */
export const knownFlakeGroups = ({
  run,
  changes,
}: Pick<SiteInput, 'run' | 'changes'>): readonly (readonly Flake[])[] => {
  const groups = new Map<string, Flake[]>();
  for (const flake of knownFlakes(run, changes))
    groups.set(flake.fingerprint, [...(groups.get(flake.fingerprint) ?? []), flake]);
  return [...groups.values()];
};

interface Props {
  readonly groups: ReturnType<typeof knownFlakeGroups>;
  readonly cells: CellsByKey;
}

/** What is known to be flaky, folded: it is no news. Null when nothing is. */
export const KnownFlakes = ({ groups, cells }: Props): VNode | null => {
  if (groups.length === 0) return null;
  return (
    <section id="known-flaky">
      <h2>Known to be flaky</h2>
      <details>
        <summary>{count(groups.length, 'failure')} that went away when tried again, as before</summary>
        {groups.map((group) => (
          <article class="card" key={group[0]?.fingerprint}>
            <h3>{group[0]?.stage.stage}</h3>
            <p class="reason">{group[0]?.reason ?? 'no reason was given'}</p>
            <p class="soft">in {count(group.length, 'cell')}</p>
            <CellLinks
              cells={group.map(({ cell }): CellResult => cell)}
              stage={group[0]?.stage.stage ?? null}
              known={cells}
            />
          </article>
        ))}
      </details>
    </section>
  );
};
