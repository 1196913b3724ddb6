// SPDX-License-Identifier: MIT
import { type CaseResult, isGood, worstVerdict } from '@uio-msi/model';
import type { VNode } from 'preact';
import { duration, tallied } from '../words.js';
import { Badge, Printed, Wide } from './page.js';

const byDevice = (cases: readonly CaseResult[]): ReadonlyMap<string, CaseResult[]> => {
  const groups = new Map<string, CaseResult[]>();
  for (const result of cases) {
    const name = `${result.device}, ${result.vectors} vectors`;
    groups.set(name, [...(groups.get(name) ?? []), result]);
  }
  return groups;
};

const Row = ({ result }: { result: CaseResult }): VNode => (
  <tr>
    <td>
      <Badge verdict={result.verdict} />
    </td>
    <td class="text">
      {result.title}
      <div class="mono soft">
        {result.id} {result.clauses.join(' ')}
      </div>
      {result.message && <p>{result.message}</p>}
      {result.log && <Printed label={`Kernel log of ${result.id}`} text={result.log} />}
    </td>
    <td class="num">{duration(result.seconds)}</td>
  </tr>
);

/** The cases of the suite by device; a device with trouble is open, with the trouble first. */
export const Cases = ({ cases }: { cases: readonly CaseResult[] }): VNode | null => {
  if (cases.length === 0) return null;
  return (
    <>
      {[...byDevice(cases)].map(([name, results]) => {
        const verdict = worstVerdict(results.map((result) => result.verdict));
        const bad = results.filter((result) => !isGood(result.verdict));
        const rest = results.filter((result) => isGood(result.verdict));
        return (
          <details key={name} open={bad.length > 0}>
            <summary>
              <Badge verdict={verdict} /> {name} <span class="soft">{tallied(results)}</span>
            </summary>
            <Wide label={`Cases on ${name}`}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">verdict</th>
                    <th scope="col">case</th>
                    <th scope="col">time</th>
                  </tr>
                </thead>
                <tbody>
                  {[...bad, ...rest].map((result) => (
                    <Row key={result.id} result={result} />
                  ))}
                </tbody>
              </table>
            </Wide>
          </details>
        );
      })}
    </>
  );
};
