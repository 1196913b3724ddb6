// SPDX-License-Identifier: MIT
import type { RunDocument, VectorRate } from '../../report/records.js';
import { type Html, html, NOTHING } from './element.js';

type Measured = RunDocument['rates'][number];

/** How fast devices were, vector by vector. */
export const renderRates = (measured: readonly Measured[]): Html =>
  measured.length === 0
    ? NOTHING
    : html`<h2>How fast</h2>
<p>For information: nothing is asked of these. From when an interrupt was raised until its eventfd was seen, microseconds; and how many a second were had, one after the other.</p>
${measured.map(renderDevice)}`;

const renderDevice = ({ device, bdf, by, rates }: Measured): Html =>
  html`<h3>${device} ${bdf}, raised by ${by === 'device' ? 'the device' : 'software triggers'}</h3>
<div class="wide"><table class="numbers"><thead><tr><th>Vector</th><th>Median</th><th>90 %</th><th>99 %</th><th>Longest</th><th>A second</th><th>Samples</th></tr></thead><tbody>
${rates.map(row)}</tbody></table></div>`;

const micro = (seconds: number): string => (seconds * 1e6).toFixed(1);

const row = ({ vector, p50, p90, p99, longest, perSecond, samples }: VectorRate): Html =>
  html`<tr><th>${vector}</th>${[p50, p90, p99, longest].map((seconds) => html`<td>${micro(seconds)}</td>`)}<td>${perSecond}</td><td>${samples}</td></tr>
`;
