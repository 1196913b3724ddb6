// SPDX-License-Identifier: MIT
import type { CaseResult, DeviceSummary } from '@uio-msi/model';
import type { VNode } from 'preact';
import { duration, tallied } from '../../words.js';
import { Printed, Wide } from '../page.js';
import { Badge } from '../verdict.js';
import { CaseGrid } from './grid.js';
import { UntoldCases } from './untold.js';

const Bad = ({ result }: { result: CaseResult }): VNode => (
  <article class="card c-regression">
    <h3>
      <Badge verdict={result.verdict} /> {result.title}
    </h3>
    <p class="soft">
      <span class="mono">{result.id}</span> on {result.device} with {result.vectors} vectors,{' '}
      {duration(result.seconds)}
      {result.clauses.length > 0 && `; clauses ${result.clauses.join(', ')}`}
    </p>
    {result.message && <p class="reason">{result.message}</p>}
    {result.log && <Printed label={`Kernel log of ${result.id} on ${result.device}`} text={result.log} />}
  </article>
);

const Devices = ({ devices }: { devices: readonly DeviceSummary[] }): VNode => (
  <Wide label="Devices">
    <table class="snug">
      <thead>
        <tr>
          {['device', 'vectors', 'interrupts', 'address'].map((name) => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {devices.map(({ device, vectors, interrupts, bdf }) => (
          <tr key={`${device}${bdf}`}>
            <th scope="row">{device}</th>
            <td class="num">{vectors}</td>
            <td>{interrupts ?? ''}</td>
            <td class="mono">{bdf ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Wide>
);

interface CasesProps {
  readonly stage: string;
  readonly cases: readonly CaseResult[];
  readonly devices: readonly DeviceSummary[];
}

/** The cases of a suite: what failed in full, what was left out by its reason, then all of them on all devices. */
export const Cases = ({ stage, cases, devices }: CasesProps): VNode | null => {
  if (cases.length === 0) return null;
  const bad = cases.filter(({ verdict }) => verdict === 'FAIL' || verdict === 'ERROR');
  return (
    <>
      {bad.map((result, at) => (
        <Bad key={`${result.id}${at}`} result={result} />
      ))}
      <UntoldCases cases={cases} />
      {devices.length > 0 && <Devices devices={devices} />}
      <details>
        <summary>
          All cases of {stage}: {tallied(cases)}
        </summary>
        <CaseGrid cases={cases} label={`Cases of ${stage} on each device`} />
      </details>
    </>
  );
};
