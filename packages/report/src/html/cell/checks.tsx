// SPDX-License-Identifier: MIT
import type { CheckResult } from '@uio-msi/model';
import type { VNode } from 'preact';
import { duration } from '../../words.js';
import { Wide } from '../page.js';
import { Badge } from '../verdict.js';

/** The static checks of a stage, also those that were left out. */
export const Checks = ({ checks }: { checks: readonly CheckResult[] }): VNode | null =>
  checks.length === 0 ? null : (
    <Wide label="Checks">
      <table>
        <thead>
          <tr>
            {['check', 'verdict', 'time', 'remark'].map((name) => (
              <th scope="col" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {checks.map(({ name, verdict, seconds, reason }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <Badge verdict={verdict} />
              </td>
              <td class="num">{duration(seconds)}</td>
              <td class="text">{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
