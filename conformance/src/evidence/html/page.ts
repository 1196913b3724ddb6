// SPDX-License-Identifier: MIT
import { type Judgement, passedOf } from '../../profiles/judge.js';
import { PROFILES } from '../../profiles/profiles.js';
import type { RunDocument } from '../../report/records.js';
import type { Statement } from '../statement.js';
import { type Html, html, NOTHING } from './element.js';
import { renderFacts } from './facts.js';
import { renderRates } from './rates.js';
import { renderResults } from './results.js';
import { STYLE } from './style.js';

/** The summary for people: one page without scripts, links or anything from elsewhere. Pure. */
export const renderHtml = (
  statement: Statement,
  document: RunDocument,
  judgements: readonly Judgement[],
): string => {
  const { product, vendor, contact } = statement.claim;
  const title = `${product || 'A device'} and uio_msi`;
  const { markup } = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}: conformance report</title><style>${{ markup: STYLE }}</style></head><body>
<h1>${title}</h1>
<p class="soft">Conformance report${vendor === '' ? '' : `, ${vendor}`}${contact === '' ? '' : `, ${contact}`}; run on ${statement.ended.slice(0, 10)} with uio-msi-conformance ${statement.suite}</p>
${verdict(judgements)}
<h2>Claims</h2>
<div class="wide"><table class="rows"><thead><tr><th>Profile</th><th>Outcome</th><th>Cases</th><th>What it means</th></tr></thead><tbody>
${judgements.map(claim)}</tbody></table></div>
${objections(judgements)}
${renderFacts(statement)}
${renderResults(document)}
${renderRates(document.rates)}
<h2>What this page is</h2>
<p>A summary of the files beside it, made from <code>events.ndjson</code> and <code>statement.json</code> alone. Do not take its word:
<code>uio-msi-conformance verify</code>, given the folder or the archive, reads those again, judges them anew, and tells a bundle that was altered
from a whole one. Whoever hands the bundle over should hand over the digest of <code>SHA256SUMS</code> by another way.</p>
</body></html>
`;
  return markup;
};

const holds = ({ standing }: Judgement): boolean => standing === 'passed';

const verdict = (judgements: readonly Judgement[]): Html => {
  const names = (some: readonly Judgement[]) => some.map(({ profile }) => profile).join(', ');
  if (judgements.every(holds)) return html`<p class="verdict passed">Passed: ${names(judgements)}</p>`;
  const open = judgements.filter((one) => !holds(one));
  if (open.every(({ standing }) => standing === 'waived'))
    return html`<p class="verdict waived">Passed with waivers: ${names(open)}. Whoever reads this decides whether they hold.</p>`;
  return html`<p class="verdict failed">Not passed: ${names(open.filter(({ standing }) => standing !== 'waived'))}</p>`;
};

const claim = (judgement: Judgement): Html => {
  const { profile, standing, lacking } = judgement;
  const untried = lacking.map(({ case: id, device }) => `${id} on ${device}`).join(', ');
  return html`<tr><th>${profile}</th><td class="mark ${standing}">${standing}</td><td>${passedOf(judgement)}</td><td>${PROFILES[profile].summary}${
    untried === '' ? NOTHING : html`<br><span class="soft">Cannot be tried here: ${untried}</span>`
  }</td></tr>
`;
};

const objections = (judgements: readonly Judgement[]): Html => {
  const all = judgements.flatMap(({ profile, objections: some }) => some.map((one) => ({ profile, ...one })));
  if (all.length === 0) return NOTHING;
  return html`<h2>What stands against them</h2>
<div class="wide"><table class="rows"><thead><tr><th>Case</th><th>Verdict</th><th>Device</th><th>Why</th></tr></thead><tbody>
${all.map(
  ({ profile, case: id, verdict: found, device, message, waiver }) =>
    html`<tr><td>${id}<br><span class="soft">${profile}</span></td><td class="mark ${found}">${found}</td><td>${device}</td><td>${message ?? (found === 'absent' ? 'the run did not include it' : '')}${
      waiver === null ? NOTHING : html`<br><span class="waived">Waived, ${waiver.id}: ${waiver.reason}</span>`
    }</td></tr>
`,
)}</tbody></table></div>`;
};
