// SPDX-License-Identifier: MIT
import type { DeviceRecord, RunDocument } from '../../report/records.js';
import { type Html, html, NOTHING } from './element.js';

type Result = RunDocument['cases'][number];

/** Every case of every device: what is not a pass first and in full, then the rest. */
export const renderResults = (document: RunDocument): Html =>
  html`<h2>Results</h2>
<p>${document.passed} passed, ${document.failed} failed, ${document.errors} errors, ${document.skipped} skipped, in ${document.seconds.toFixed(1)} s at depth ${document.depth}</p>
${document.devices.map((device) => renderDevice(device, document.cases))}`;

const renderDevice = (device: DeviceRecord, all: readonly Result[]): Html => {
  const own = all.filter(({ bdf }) => bdf === device.bdf);
  const passed = own.filter(({ verdict }) => verdict === 'PASS');
  const others = own.filter(({ verdict }) => verdict !== 'PASS');
  return html`<h2>${device.device} ${device.bdf}: ${device.vectors} ${device.vectors === 1 ? 'vector' : 'vectors'}, ${device.interrupts}</h2>
${others.length === 0 ? NOTHING : table('Not passed', others)}
${passed.length === 0 ? NOTHING : table('Passed', passed)}`;
};

const table = (caption: string, results: readonly Result[]): Html =>
  html`<div class="wide"><table class="rows"><thead><tr><th>Case</th><th>${caption}</th><th>What holds, or why not</th><th>Clauses</th></tr></thead><tbody>
${results.map(row)}</tbody></table></div>`;

const row = ({ id, verdict, clauses, title, message, log }: Result): Html =>
  html`<tr><td>${id}</td><td class="mark ${verdict}">${verdict}</td><td>${title}${
    message === null ? NOTHING : html`<br><span class="${verdict}">${message}</span>`
  }${log === null || verdict === 'PASS' ? NOTHING : html`<pre>${log}</pre>`}</td><td class="clauses">${clauses.join(' ')}</td></tr>
`;
