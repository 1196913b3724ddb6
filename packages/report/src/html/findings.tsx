// SPDX-License-Identifier: MIT
import { type Finding, findingIdentity } from '@uio-msi/model';
import type { VNode } from 'preact';
import { place } from '../words.js';
import { Wide } from './page.js';

// Worst first; what only informs comes last.
const ORDER = ['error', 'warning', 'check', 'note'];

const bySeverity = (a: Finding, b: Finding): number => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity);

/** The findings of a stage, worst first. */
export const Findings = ({ findings }: { findings: readonly Finding[] }): VNode | null => {
  if (findings.length === 0) return null;
  return (
    <Wide label="Findings">
      <table>
        <thead>
          <tr>
            <th scope="col">severity</th>
            <th scope="col">finding</th>
            <th scope="col">where</th>
          </tr>
        </thead>
        <tbody>
          {[...findings].sort(bySeverity).map((finding) => (
            <tr key={`${findingIdentity(finding)}${finding.line}`}>
              <th scope="row">{finding.severity}</th>
              <td class="text">
                {finding.message}
                <div class="mono soft">
                  {finding.tool} {finding.kind}
                </div>
              </td>
              <td class="mono text">
                {place(finding)}
                {finding.patch !== finding.file && <div class="soft">{finding.patch}</div>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
};
