// SPDX-License-Identifier: MIT
import { posix } from 'node:path';
import { compareRuns } from '@uio-msi/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largeRun, night } from '../../testing/night.js';
import { badRun, caseResult, cell, checkResults, finding, run, stage } from '../../testing/sample.js';
import { alone, NO_EXTRAS, pagesOf } from '../../testing/site.js';
import { renderSite } from './site.js';

const FORMATS = ['run.json', 'junit.xml', 'results.ktap', 'kcidb.json'];
const flaky = (reason: string) => stage('conform', { attempts: [{ verdict: 'FAIL', reason, seconds: 3 }] });
const LOG = { end: 'the end\n', size: 300_000_000, file: 'logs/x.log.gz' };

describe('links', () => {
  const input = night();
  const pages = pagesOf(input, { ...NO_EXTRAS, logs: new Map([['build', LOG]]) });
  const links = [...pages].flatMap(([from, text]) =>
    [...text.matchAll(/href="([^"]+)"/g)].map((match) => ({ from, to: match[1] ?? '' })),
  );
  const resolved = links.map(({ from, to }) =>
    posix.join(posix.dirname(from), to.split('#')[0] || posix.basename(from)),
  );

  it('lead to every page, and to nothing that is not there but other reports', () => {
    const known = new Set([...pages.keys(), ...FORMATS, LOG.file]);
    expect(resolved.filter((path) => !known.has(path) && !path.startsWith('../../'))).toEqual([]);
    const reached = new Set([...resolved, 'index.html', 'changes.html']);
    expect([...known].filter((path) => !reached.has(path))).toEqual([]);
  });

  it('lead to parts of pages that are there', () => {
    const parts = links.flatMap(({ to }, at) =>
      to.includes('#') ? [[resolved[at] ?? '', to.split('#')[1]]] : [],
    );
    expect(parts.length).toBeGreaterThan(50);
    for (const [path = '', id] of parts) expect(pages.get(path), `${path}#${id}`).toContain(`id="${id}"`);
  });
});

describe('the first page', () => {
  it('says what is new before anything else, each failure once, and where it is', () => {
    const page = pagesOf(night()).get('index.html') ?? '';
    expect(page).toMatch(/<h1>.*2 regressions, 1 new failure, 1 newly flaky, \d+ stages? not judged<\/h1>/);
    expect(page.match(/unused variable &#39;vector&#39;|unused variable 'vector'/g)).toHaveLength(1);
    const order = [
      'id="regression"',
      'id="new-failure"',
      'id="not-judged"',
      'id="matrix"',
      'id="still-failing"',
      'id="fixed"',
    ];
    const places = order.map((part) => page.indexOf(part));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
  });

  it('calls nothing new when there is nothing to compare with', () => {
    const page = pagesOf(alone(badRun())).get('index.html') ?? '';
    expect(page).toContain('What fails');
    expect(page).not.toMatch(/regression<|new failure</);
  });

  it('says that nothing fails, and why something was left out', () => {
    const good = cell('PASS', [
      stage('build'),
      stage('boot', { verdict: 'SKIP', reason: 'no guest <here>' }),
    ]);
    const page = pagesOf(alone(run('PASS', [good]))).get('index.html') ?? '';
    expect(page).toContain('Nothing fails');
    expect(page).toContain('no guest &lt;here>');
  });

  it('does not tell again of a failure what was left out because of it', () => {
    const stages = [
      stage('build', { verdict: 'FAIL', reason: 'a.c: oh' }),
      stage('boot', { verdict: 'SKIP', reason: 'build ended with FAIL' }),
      stage('selftest', { verdict: 'SKIP', reason: 'the series brings no selftests' }),
    ];
    const page = pagesOf(alone(run('FAIL', [cell('FAIL', stages)]))).get('index.html') ?? '';
    const [, left] = page.split('id="left-out"');
    expect(left).toContain('the series brings no selftests');
    expect(left).not.toContain('build ended with FAIL');
  });

  it('names a stage that failed and then passed', () => {
    const pages = pagesOf(alone(run('PASS', [cell('PASS', [flaky('lost one')])])));
    expect(pages.get('index.html')).toMatch(/Flaky.*lost one/s);
    expect(pages.get('cells/7.2.6-x86_64-gcc-12-minimal.html')).toContain('try 1');
  });

  it('lists what is newly flaky with what is new, and what is known to be so at the end', () => {
    const now = run('PASS', [
      cell('PASS', [flaky('lost one')]),
      cell('PASS', [flaky('came late')], '6.1.187'),
    ]);
    const input = { ...alone(now), before: { ...alone(now).run, href: null, changes: null } };
    const changes = compareRuns({ cells: [cell('PASS', [flaky('lost one')])] }, now);
    const page = pagesOf({ ...input, changes }).get('index.html') ?? '';
    const [top = '', end = ''] = page.split('id="matrix"');
    expect(top).toMatch(/1 newly flaky.*href="#known-flaky">1 known to be flaky.*id="flaky".*came late/s);
    expect(top).not.toContain('lost one');
    expect(end).toMatch(/id="known-flaky".*lost one/s);
  });

  it('shows how machines differed about a cell', () => {
    const other = { ...cell('PASS', [stage('build')]), from: 'run-b' };
    const worst = { ...cell('FAIL', [stage('build', { verdict: 'FAIL' })]), from: 'run-a', others: [other] };
    const pages = pagesOf(alone({ ...run('FAIL', [worst]), merged: ['run-a', 'run-b'] }));
    expect(pages.get('index.html')).toMatch(/disagree.*FAIL.*run-a.*PASS.*run-b/s);
    expect(pages.get(`cells/${worst.key}.html`)).toMatch(/run-b.*build PASS/s);
  });
});

describe('the page of a cell', () => {
  it('shows the hunk that did not fit, the failed case and the splat', () => {
    const pages = pagesOf(alone(badRun()));
    expect(pages.get('cells/6.12.107-x86_64-gcc-12-minimal.html')).toContain('@@ -882,6 +882,29 @@');
    const page = pages.get('cells/7.2.6-x86_64-gcc-12-minimal.html') ?? '';
    for (const part of ['vector 65: expected 1 event within 1 s, got 0', 'uio_msi_disarm+0x30', 'IRQ-04'])
      expect(page).toContain(part);
    expect(page.indexOf('irq.every')).toBeLessThan(page.indexOf('irq.replace'));
  });

  it('shows the lines behind a stack, or that nobody knows them', () => {
    const [first] = badRun().cells;
    const splat = first?.stages.flatMap(({ splats = [] }) => splats)[0]?.text ?? '';
    const frame = 'uio_msi_disarm+0x30/0x50 [uio_msi]';
    const shown = (where: readonly string[]) =>
      pagesOf(alone(badRun()), { ...NO_EXTRAS, stacks: new Map([[splat, [{ frame, where }]]]) }).get(
        `cells/${first?.key}.html`,
      );
    expect(shown(['drivers/uio/uio_msi.c:120'])).toMatch(/uio_msi_disarm\+0x30\/0x50.*uio_msi\.c:120/s);
    expect(shown([])).toContain('without debug');
  });

  it('puts findings that are new first, and says what is said of several files once', () => {
    const page = pagesOf(night()).get('cells/7.2.6-x86_64-clang-14-minimal.html') ?? '';
    expect(page).toMatch(/warning <span class="k k-new-failure">new<\/span>.*a note/s);
    const twice = [finding({ file: 'a.c' }), finding({ file: 'b.c' })];
    const both = pagesOf(
      alone(run('FAIL', [cell('FAIL', [stage('build', { verdict: 'FAIL', findings: twice })])])),
    );
    const rows = both.get('cells/7.2.6-x86_64-gcc-12-minimal.html') ?? '';
    expect(rows.match(/<td class="text">/g)).toHaveLength(1);
    expect(rows).toMatch(/a\.c:10.*b\.c:10/s);
  });

  it('puts what is new before what is worse', () => {
    const known = finding({ severity: 'error', message: 'known for long' });
    const fresh = finding({ message: 'new tonight' });
    const built = (...findings: ReturnType<typeof finding>[]) =>
      run('FAIL', [cell('FAIL', [stage('build', { verdict: 'FAIL', findings })])]);
    const [then, now] = [built(known), built(known, fresh)];
    const before = { ...then, changes: null, href: null };
    const changes = compareRuns(then, now);
    const pages = pagesOf({ run: now, before, changes, history: [before] });
    expect(pages.get('cells/7.2.6-x86_64-gcc-12-minimal.html')).toMatch(
      /<td class="text">new tonight.*<td class="text">known for long/s,
    );
  });

  it('shows the end of a log, its size and the way to the whole', () => {
    const pages = pagesOf(alone(badRun()), { ...NO_EXTRAS, logs: new Map([['build', LOG]]) });
    const page = pages.get('cells/7.2.6-x86_64-gcc-12-minimal.html') ?? '';
    expect(page).toContain('href="../logs/x.log.gz"');
    expect(page).toContain('286 MiB');
    expect(page).toContain('the end');
  });

  it('shows every check of a stage, also one that was left out, and how much of the series a cell has', () => {
    const prefix = { ...cell('PASS', [stage('inspect', { checks: checkResults() })]), prefix: 3 };
    const page = pagesOf(alone(run('PASS', [prefix]))).get(`cells/${prefix.key}.html`);
    expect(page).toMatch(/docutils.*SKIP.*rst2pseudoxml not installed/s);
    expect(page).toContain('minimal, first 3 patches');
  });

  it('shows what the series fixes, and does not count it', () => {
    const page = pagesOf(night()).get('cells/7.2.6-x86_64-gcc-12-builtin.html') ?? '';
    expect(page).toMatch(
      /1 finding without the series.*1 finding fixed.*Fixed by the series.*was not declared/s,
    );
  });

  it('tells how the cell was on other nights', () => {
    const page = pagesOf(night()).get('cells/7.2.6-x86_64-gcc-12-builtin.html') ?? '';
    expect(page).toMatch(/FAIL<\/span><small>2026-11-21.*PASS<\/span><small>2026-11-20/s);
  });
});

describe('a large matrix', () => {
  it('is summed on the first page and on pages of its own below', () => {
    const input = alone(largeRun(2000));
    const pages = new Map([...renderSite(input)].map(({ path, content }) => [path, content]));
    expect([...pages.keys()].filter((path) => path.startsWith('matrix-'))).toHaveLength(5);
    expect(pages.get('index.html')).toContain('href="matrix-x86_64_clang-14.html"');
    const squares = [...pages].flatMap(([path, text]) =>
      path.startsWith('matrix-') ? [...text.matchAll(/href="cells\//g)] : [],
    );
    expect(squares).toHaveLength(2000);
  });
});

describe('whatever is in a result', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '</pre>',
      '<img src=x onerror=alert(1)>',
      '"\'>',
      '&lt;',
      '\u202e',
      '\u0000',
      '\u001b[2J',
      '\ud800',
      ']]>',
      '<!--',
    ),
  );
  const text = fc.array(hostile, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));

  const hostileRun = (evil: string) =>
    run('FAIL', [
      {
        ...cell('FAIL', [
          stage('apply', {
            verdict: 'FAIL',
            patches: [
              {
                file: evil,
                subject: evil,
                status: 'conflict',
                tree: null,
                rejected: [{ file: evil, hunk: evil, reason: evil }],
              },
            ],
          }),
          stage('build', {
            verdict: 'FAIL',
            reason: evil,
            reproduce: evil,
            findings: [finding({ message: evil, file: evil, kind: evil, tool: evil, patch: evil })],
          }),
          stage('inspect', {
            verdict: 'SKIP',
            reason: evil,
            checks: [{ name: evil, verdict: 'FAIL', seconds: 1, reason: evil }],
          }),
          stage('conform', {
            verdict: 'FAIL',
            devices: [{ device: evil, vectors: 1, bdf: evil, interrupts: evil }],
            cases: [
              caseResult({
                id: evil,
                title: evil,
                device: evil,
                clauses: [evil],
                verdict: 'FAIL',
                message: evil,
                log: evil,
              }),
              caseResult({ id: evil, verdict: 'SKIP', message: evil }),
            ],
            splats: [{ kind: evil, title: evil, text: evil }],
          }),
        ]),
        kernel: evil,
        arch: evil,
        key: evil,
      },
    ]);

  // What is between two tags or in an attribute: everything that is not markup of ours.
  const TAG = /<\/?([a-z][a-z0-9]*)((?: [a-zA-Z-]+(?:="[^"<]*")?)*) ?\/?>/g;

  it('is text, in which nothing is hidden', () => {
    const plain = pagesOf(alone(hostileRun('plain')), NO_EXTRAS);
    const tagsOf = (page: string) =>
      [...page.replace(/<style>.*<\/style>/s, '').matchAll(TAG)].map(([, name]) => name);
    const tags = new Set([...plain.values()].flatMap(tagsOf));
    expect(tags).not.toContain('img');
    fc.assert(
      fc.property(text, (evil) => {
        const pages = pagesOf(alone(hostileRun(evil)), NO_EXTRAS);
        for (const [path, page] of pages) {
          expect(path).toMatch(/^(?:cells\/)?[\w.-]+\.html$/);
          expect(path).not.toContain('..');
          expect(tagsOf(page).filter((tag) => !tags.has(tag))).toEqual([]);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
          expect(page).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
          expect(
            page
              .replace(/<style>.*<\/style>/s, '')
              .replace('<!doctype html>', '')
              .replace(TAG, ''),
          ).not.toContain('<');
        }
      }),
      { numRuns: 200 },
    );
  });
});
