// SPDX-License-Identifier: MIT
import type { CaseResult } from '@uio-msi/model';
import type { VNode } from 'preact';
import { count } from '../../words.js';
import { Badge } from '../verdict.js';

const byReason = (cases: readonly CaseResult[]): readonly (readonly [CaseResult, ...CaseResult[]])[] => {
  const groups = new Map<string, [CaseResult, ...CaseResult[]]>();
  for (const result of cases) {
    const key = `${result.verdict} ${result.message}`;
    const group = groups.get(key);
    if (group) group.push(result);
    else groups.set(key, [result]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length);
};

/** The cases that were missed or left out, each reason once; null when there are none. */
export const UntoldCases = ({ cases }: { cases: readonly CaseResult[] }): VNode | null => {
  const untold = cases.filter(({ verdict }) => verdict === 'MISS' || verdict === 'SKIP');
  if (untold.length === 0) return null;
  return (
    <details>
      <summary>{count(untold.length, 'case')} missed or left out, and why</summary>
      <ul class="reasons">
        {byReason(untold).map((group) => (
          <li key={`${group[0].verdict}${group[0].message}`}>
            <Badge verdict={group[0].verdict} /> {group[0].message ?? 'no reason was given'}
            <details>
              <summary>{count(group.length, 'case')}</summary>
              <ul class="cells mono">
                {group.map(({ id, device, vectors }) => (
                  <li key={`${id}${device}${vectors}`}>
                    {id} on {device}/{vectors}
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ul>
    </details>
  );
};
