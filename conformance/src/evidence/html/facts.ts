// SPDX-License-Identifier: MIT
import type { Statement } from '../statement.js';
import { type Html, html } from './element.js';

type Row = readonly [name: string, value: string | Html];

/** What was tested and on what, as tables of names and values. */
export const renderFacts = (statement: Statement): Html =>
  html`<h2>What was tested</h2>
${statement.devices.map((device) =>
  table([
    ['Device', `${device.bdf}, ${device.id}, revision ${device.revision}`],
    ['Subsystem, class', `${device.subsystem}, ${device.class}`],
    ['Its own driver', device.driver ?? 'none'],
    ...(device.provoker === null ? [] : [['Provoker', html`<pre>${device.provoker}</pre>`] as const]),
  ]),
)}
<h2>On what, and how</h2>
${table([
  [
    'Machine',
    [statement.machine.board, statement.machine.processor, statement.machine.arch].filter(Boolean).join(', '),
  ],
  ['Kernel', statement.kernel.version || statement.kernel.release],
  ['Taint before, after', statement.kernel.taint.join(', ')],
  ['Lockdown, SELinux', `${statement.kernel.lockdown ?? 'none'}, ${statement.kernel.selinux ?? 'none'}`],
  ...statement.modules.map((module): Row => [`Module ${module.name}`, describe(module)]),
  ['User-space API', statement.uapi],
  ['Command', statement.command.join(' ')],
  ['Began, ended', `${statement.started}, ${statement.ended}`],
])}`;

const describe = ({ modinfo, buildId, srcversion, taint }: Statement['modules'][number]): string =>
  [
    modinfo?.['series'] ?? 'of a series that modinfo does not name',
    modinfo?.['series_base'] && `from ${modinfo['series_base']}`,
    buildId && `build id ${buildId}`,
    srcversion && `srcversion ${srcversion}`,
    modinfo?.['signer'] ? `signed by ${modinfo['signer']}` : taint.includes('E') && 'not signed',
  ]
    .filter(Boolean)
    .join(', ');

const table = (rows: readonly Row[]): Html =>
  html`<table class="facts"><tbody>
${rows.map(
  ([name, value]) => html`<tr><th>${name}</th><td>${value}</td></tr>
`,
)}</tbody></table>`;
