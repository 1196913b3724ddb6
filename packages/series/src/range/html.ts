// SPDX-License-Identifier: MIT
import type { PairStatus } from './pairs.js';
import type { RangeHunk, RangeRow } from './range-diff.js';

/** What a page is about. */
export interface RangePage {
  readonly series: string;
  readonly before: string;
  readonly after: string;
  readonly rows: readonly RangeRow[];
}

const WORDS: Readonly<Record<PairStatus, string>> = {
  same: 'no changes',
  changed: 'changed',
  dropped: 'dropped',
  added: 'new',
};

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #57606a; --line: #d0d7de;
  --minus: #82071e; --minus-paper: #ffebe9; --plus: #0a4a1e; --plus-paper: #dafbe1; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --soft: #9aa4ae;
  --line: #30363d; --minus: #ffb3ad; --minus-paper: #3c1618; --plus: #9be9a8; --plus-paper: #12341f; } }
body { margin: 0 auto; max-width: 70rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif;
  color: var(--ink); background: var(--paper); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .25rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
section { margin-top: 2rem; }
h3 { font-size: 1rem; color: var(--soft); margin: 1rem 0 0; }
pre { margin: 0; overflow-x: auto; font: .85rem/1.4 ui-monospace, monospace; tab-size: 8; }
del, ins { text-decoration: none; display: block; }
del { color: var(--minus); background: var(--minus-paper); }
ins { color: var(--plus); background: var(--plus-paper); }
pre span { display: block; }
a { color: inherit; }
.dropped { text-decoration: line-through; }
`;

/** A range-diff as a page by itself: no script, and nothing from anywhere else. */
export const renderRangeHtml = ({ series, before, after, rows }: RangePage): string => {
  const title = escapeHtml(`${series}: ${before} and ${after}`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<table>
<thead><tr><th scope="col">${escapeHtml(before)}</th><th scope="col">${escapeHtml(after)}</th><th scope="col">what</th><th scope="col">patch</th></tr></thead>
<tbody>
${rows.map(tableRow).join('\n')}
</tbody>
</table>
${rows.map(section).join('')}</main>
</body>
</html>
`;
};

const place = (at: number | null): string => (at === null ? '' : `${at + 1}`);

const tableRow = (row: RangeRow, at: number): string => {
  const { status, before, after, subject } = row;
  const name = row.hunks.length > 0 ? `<a href="#p${at}">${escapeHtml(subject)}</a>` : escapeHtml(subject);
  return `<tr><td>${place(before)}</td><td>${place(after)}</td><td>${WORDS[status]}</td><td class="${status}">${name}</td></tr>`;
};

const section = ({ hunks, subject, was }: RangeRow, at: number): string => {
  if (hunks.length === 0) return '';
  const renamed = was === null ? '' : `\n<p>was: ${escapeHtml(was)}</p>`;
  return `<section id="p${at}">
<h2>${escapeHtml(subject)}</h2>${renamed}
${hunks.map(hunkHtml).join('\n')}
</section>
`;
};

const hunkHtml = ({ title, lines }: RangeHunk): string =>
  `<h3>${escapeHtml(title)}</h3>\n<pre>${lines.map(lineHtml).join('')}</pre>`;

const TAGS: Readonly<Record<string, string>> = { '-': 'del', '+': 'ins' };

const lineHtml = (line: string): string => {
  const tag = TAGS[line.slice(0, 1)] ?? 'span';
  return `<${tag}>${escapeHtml(line)}</${tag}>`;
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// Control characters are no part of a page; what turns text around would show it as what it is not.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const escapeHtml = (text: string): string =>
  text
    .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '')
    .replace(UNSEEN, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
