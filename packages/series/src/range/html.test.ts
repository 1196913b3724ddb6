// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { renderRangeHtml } from './html.js';
import type { RangeRow } from './range-diff.js';
import { renderRangeText } from './text.js';

const EVIL = `<script>alert(1)</script>" onload='x' & \u202e\u0007`;
const rows: RangeRow[] = [
  { status: 'same', before: 0, after: 0, subject: 'kept', was: null, hunks: [] },
  {
    status: 'changed',
    before: 1,
    after: 2,
    subject: EVIL,
    was: EVIL,
    hunks: [{ title: EVIL, lines: [` ${EVIL}`, `-${EVIL}`, `+${EVIL}`] }],
  },
  { status: 'added', before: null, after: 1, subject: 'new one', was: null, hunks: [] },
  { status: 'dropped', before: 2, after: null, subject: 'old one', was: null, hunks: [] },
];

it('has nothing of a patch but its text, and nothing from elsewhere', () => {
  const page = renderRangeHtml({ series: EVIL, before: EVIL, after: 'v2', rows });
  for (const part of ['<script', "onload='", '\u202e', '\u0007']) expect(page).not.toContain(part);
  expect(page).toContain(
    '<ins>+&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39; &amp; \\u202e\\u0007</ins>',
  );
  expect(page).not.toMatch(/\b(?:src|href)="(?!#p\d+")|@import|url\(/);
  const tags = [...page.matchAll(/<(\/?)(\w+)/g)].map(([, end, name]) => `${end}${name}`);
  for (const name of ['section', 'table', 'tr', 'td', 'pre', 'ins', 'del', 'span', 'main', 'body', 'html'])
    expect(tags.filter((tag) => tag === name).length, name).toBe(
      tags.filter((tag) => tag === `/${name}`).length,
    );
  expect(page).toContain('prefers-color-scheme: dark');
});

it('leads from each row that has differences to them', () => {
  const page = renderRangeHtml({ series: 'a', before: 'v1', after: 'v2', rows });
  expect(page.match(/href="#p1"/g)).toHaveLength(1);
  expect(page.match(/id="p\d"/g)).toEqual(['id="p1"']);
});

it('is laid out as git has it in a terminal', () => {
  expect(
    renderRangeText(
      rows.filter(({ status }) => status !== 'changed'),
      false,
    ),
  ).toBe('1 = 1  kept\n- > 2  new one\n3 < -  old one');
});
