// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { badRun, caseResult, cell, checkResults, finding, run, stage } from '../../testing/sample.js';
import { renderSite } from './site.js';

const files = (site: ReturnType<typeof renderSite>) =>
  new Map(site.map(({ path, content }) => [path, content]));

it('links every page and log that it writes, and nothing else', () => {
  const site = files(renderSite(badRun(), new Map([['ledger/build/x.log', 'CC drivers/uio/uio_msi.o\n']])));
  const html = [...site].filter(([path]) => path.endsWith('.html'));
  const links = html.flatMap(([, text]) =>
    [...text.matchAll(/href="([^"#]+)/g)].map((match) => match[1] ?? ''),
  );
  expect(new Set(links)).toEqual(new Set([...site.keys()]));
});

it('leads to an anchor that is there', () => {
  const site = files(renderSite(badRun(), new Map()));
  const anchors = [...(site.get('index.html') ?? '').matchAll(/href="([^"]+)#([^"]+)"/g)];
  expect(anchors.length).toBeGreaterThan(8);
  for (const [, page, id] of anchors) expect(site.get(page ?? '')).toContain(`id="${id}"`);
});

it('shows the hunk that did not fit, the failed case and the splat', () => {
  const site = files(renderSite(badRun(), new Map()));
  expect(site.get('6.12.107-x86_64-gcc-12-minimal.html')).toContain('drivers/uio/uio.c @@ -882,6 +882,29 @@');
  const page = site.get('7.2.6-x86_64-gcc-12-minimal.html') ?? '';
  expect(page).toContain('vector 65: expected 1 event within 1 s, got 0');
  expect(page).toContain('uio_msi_disarm+0x30');
  expect(site.get('index.html')).toContain('irq.every: vector 65');
  expect(page.indexOf('irq.every')).toBeLessThan(page.indexOf('irq.replace'));
});

it('shows every check of a stage, also one that was left out, and how much of the series a cell has', () => {
  const prefix = { ...cell('PASS', [stage('inspect', { checks: checkResults() })]), prefix: 3 };
  const site = files(renderSite(run('PASS', [prefix]), new Map()));
  expect(site.get(`${prefix.key}.html`)).toMatch(/docutils.*SKIP.*rst2pseudoxml not installed/);
  expect(site.get('index.html')).toContain('minimal, first 3 patches');
});

it('keeps hostile text as text and pages inside the folder', () => {
  const evil = `<img src=x onerror=alert(1)>"'&\u0000`;
  const hostile = {
    ...cell('FAIL', [
      stage('build', {
        verdict: 'FAIL',
        reason: evil,
        reproduce: evil,
        findings: [finding({ message: evil, file: evil })],
      }),
      stage('conform', {
        verdict: 'FAIL',
        cases: [caseResult({ id: evil, verdict: 'FAIL', message: evil, log: evil })],
      }),
    ]),
    key: '../../etc/passwd',
  };
  const site = renderSite(run('FAIL', [hostile]), new Map());
  for (const { path, content } of site.filter((file) => file.path.endsWith('.html'))) {
    expect(path).not.toContain('/');
    expect(content).not.toContain('<img');
    expect(content).not.toContain('\u0000');
  }
});

it('gives the run itself as JSON', () => {
  expect(JSON.parse(files(renderSite(badRun(), new Map())).get('run.json') ?? '')).toEqual(badRun());
});
