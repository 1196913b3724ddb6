// SPDX-License-Identifier: MIT
import { type CaseResult, worstVerdict } from '@uio-msi/model';
import type { VNode } from 'preact';
import { Wide } from '../page.js';

const deviceOf = ({ device, vectors }: CaseResult): string => `${device} ${vectors}`;

interface Row {
  readonly first: CaseResult;
  readonly byDevice: Map<string, CaseResult[]>;
}

const rowsOf = (cases: readonly CaseResult[]): readonly Row[] => {
  const rows = new Map<string, Row>();
  for (const result of cases) {
    const row = rows.get(result.id) ?? { first: result, byDevice: new Map() };
    rows.set(result.id, row);
    row.byDevice.set(deviceOf(result), [...(row.byDevice.get(deviceOf(result)) ?? []), result]);
  }
  return [...rows.values()];
};

const Square = ({ results }: { results: readonly CaseResult[] | undefined }): VNode => {
  if (!results) return <td class="q">·</td>;
  const verdict = worstVerdict(results.map((result) => result.verdict));
  return (
    <td class="q">
      <span class={`v v-${verdict}`}>{verdict}</span>
      {results.length > 1 && <small>of {results.length}</small>}
    </td>
  );
};

/** Cases × devices, with the clauses each case is about. */
export const CaseGrid = ({ cases, label }: { cases: readonly CaseResult[]; label: string }): VNode => {
  const devices = [...new Set(cases.map(deviceOf))];
  return (
    <Wide label={label}>
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">case</th>
            {devices.map((device) => (
              <th scope="col" key={device}>
                {device}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsOf(cases).map(({ first, byDevice }) => (
            <tr key={first.id}>
              <th scope="row">
                <span class="mono">{first.id}</span>
                <small>
                  {first.title} {first.clauses.join(' ')}
                </small>
              </th>
              {devices.map((device) => (
                <Square key={device} results={byDevice.get(device)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
};
