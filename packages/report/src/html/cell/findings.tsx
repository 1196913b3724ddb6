// SPDX-License-Identifier: MIT
import type { Finding } from '@uio-msi/model';
import type { VNode } from 'preact';
import { place } from '../../words.js';
import { Wide } from '../page.js';

// Worst first; what only informs comes last.
const ORDER = ['error', 'warning', 'check', 'note'];

interface FindingsProps {
  /** What the table is called, unlike any other of the page. */
  readonly label: string;
  readonly findings: readonly Finding[];
  /** Whether nobody has been told of it yet. */
  readonly isNew: (finding: Finding) => boolean;
}

// What is said of several files alike is said once.
const alike = (findings: readonly Finding[]): readonly (readonly [Finding, ...Finding[]])[] => {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.severity, finding.tool, finding.kind, finding.message]);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()];
};

/** The findings of a stage: new ones first, then worst first. */
export const Findings = ({ label, findings, isNew }: FindingsProps): VNode | null => {
  if (findings.length === 0) return null;
  const rank = (group: readonly [Finding, ...Finding[]]) =>
    (group.some(isNew) ? 0 : ORDER.length) + ORDER.indexOf(group[0].severity);
  return (
    <Wide label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">severity</th>
            <th scope="col">finding</th>
            <th scope="col">where</th>
          </tr>
        </thead>
        <tbody>
          {[...alike(findings)]
            .sort((a, b) => rank(a) - rank(b))
            .map((group) => (
              <tr key={`${group[0].severity}${group[0].tool}${group[0].kind}${group[0].message}`}>
                <th scope="row">
                  {group[0].severity} {group.some(isNew) && <span class="k k-new-failure">new</span>}
                </th>
                <td class="text">
                  {group[0].message}
                  <div class="mono soft">
                    {group[0].tool} {group[0].kind}
                  </div>
                </td>
                <td class="mono text">
                  {group.map((finding) => (
                    <div key={`${finding.file}${finding.line}${finding.patch}`}>
                      {place(finding)}
                      {finding.patch && finding.patch !== finding.file && (
                        <span class="soft"> {finding.patch}</span>
                      )}
                    </div>
                  ))}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </Wide>
  );
};
