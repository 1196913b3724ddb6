// SPDX-License-Identifier: MIT
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderSite } from '../src/html/site.js';
import { startChromium } from '../testing/chromium.js';
import { largeRun, night } from '../testing/night.js';
import { badRun, caseResult, cell, finding, run, stage } from '../testing/sample.js';
import { alone, NO_EXTRAS, pagesOf } from '../testing/site.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const SIZES = [
  ['phone', 360, 740],
  ['tablet', 820, 1180],
  ['desk', 1440, 900],
] as const;

let browser: Browser;
let dir: string;
const url = (path: string): string => `file://${dir}/${path}`;

const put = async (name: string, pages: ReadonlyMap<string, string>): Promise<void> => {
  for (const [path, content] of pages) {
    await mkdir(dirname(join(dir, name, path)), { recursive: true });
    await writeFile(join(dir, name, path), content);
  }
};

const long = 'x'.repeat(400);
const flood = run('FAIL', [
  cell('FAIL', [
    stage('build', {
      verdict: 'FAIL',
      reason: `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`,
      reproduce: `./uio-msi check --series /${long}`,
      findings: [finding({ message: `\u202e<b>${long}\u001b[31m`, file: `drivers/${long}.c` })],
    }),
    stage('conform', {
      verdict: 'FAIL',
      cases: [
        caseResult({ id: long, title: long, verdict: 'FAIL', message: long, log: `${long}\n`.repeat(2000) }),
      ],
      splats: [{ kind: 'oops', title: long, text: `${long}\n`.repeat(200) }],
      devices: [{ device: long, vectors: 1 }],
    }),
  ]),
]);

beforeAll(async () => {
  browser = await startChromium();
  dir = await mkdtemp(join(tmpdir(), 'uio-msi-report-'));
  const log = { end: `${long}\n`.repeat(50), size: 200 << 20, file: 'logs/x.log.gz' };
  await put('night', pagesOf(night(), { ...NO_EXTRAS, logs: new Map([['build', log]]) }));
  await put('bad', pagesOf(alone(badRun())));
  await put('flood', pagesOf(alone(flood)));
}, 120_000);
afterAll(async () => {
  await browser.close();
  await rm(dir, { recursive: true });
});

type Look = Parameters<Browser['newPage']>[0];

const look = async <T>(path: string, options: Look, see: (page: Page) => Promise<T>): Promise<T> => {
  const page = await browser.newPage(options);
  try {
    await page.goto(url(path));
    return await see(page);
  } finally {
    await page.close();
  }
};

const PAGES = [
  'night/index.html',
  'night/changes.html',
  'night/cells/6.1.160-x86_64-gcc-12-debug.html',
  'night/cells/7.2.6-x86_64-clang-14-minimal.html',
  'bad/index.html',
  'flood/index.html',
  'flood/cells/7.2.6-x86_64-gcc-12-minimal.html',
];

// Everything on every page, also what is folded.
const lookAt = <T>(options: Look, see: (page: Page) => Promise<T>): Promise<(readonly [string, T])[]> =>
  look(PAGES[0] ?? '', options, async (page) => {
    const seen: (readonly [string, T])[] = [];
    for (const path of PAGES) {
      await page.goto(url(path));
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      seen.push([path, await see(page)]);
    }
    return seen;
  });

// In the page: what axe finds, a line each.
const runAxe = async (): Promise<string[]> => {
  interface Violation {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }
  const { axe } = window as unknown as { axe: { run(): Promise<{ violations: readonly Violation[] }> } };
  const { violations } = await axe.run();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)}: ${failureSummary}`),
  );
};

it.each(SIZES)(
  'is no wider than a %s',
  async (_, width, height) => {
    const beyond = await lookAt({ viewport: { width, height } }, (page) =>
      page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    );
    expect(beyond).toEqual(PAGES.map((path) => [path, 0]));
  },
  120_000,
);

it.each(['light', 'dark'] as const)(
  'has nothing that axe finds in %s',
  async (colorScheme) => {
    const axe = await readFile(AXE, 'utf8');
    const options = { colorScheme, viewport: { width: 360, height: 740 }, bypassCSP: true };
    const found = await lookAt(options, async (page) => {
      await page.addScriptTag({ content: axe });
      return page.evaluate(runAxe);
    });
    expect(found).toEqual(PAGES.map((path) => [path, []]));
  },
  240_000,
);

it('shows everything without scripts, and runs none', async () => {
  const path = 'flood/cells/7.2.6-x86_64-gcc-12-minimal.html';
  const text = await look(path, { javaScriptEnabled: false }, (page) => page.locator('main').textContent());
  expect(text).toContain('<script>');
  expect(await look(path, {}, (page) => page.title())).toBe('FAIL 7.2.6-x86_64-gcc-12-minimal');
});

it('can be gone through by keyboard, and shows where one is', async () => {
  await look('night/index.html', {}, async (page) => {
    await page.keyboard.press('Tab');
    const first = await page.evaluate(() => ({
      name: document.activeElement?.textContent,
      outline: getComputedStyle(document.activeElement as Element).outlineStyle,
    }));
    expect(first).toEqual({ name: expect.stringContaining('2 regressions'), outline: 'solid' });
    await page.keyboard.press('Enter');
    expect(page.url()).toContain('#regression');
  });
});

it('opens the folded stage that an address leads to', async () => {
  const path = 'night/cells/7.2.6-x86_64-gcc-12-minimal.html#inspect';
  const seen = await look(path, {}, (page) => page.locator('#inspect').isVisible());
  expect(seen).toBe(true);
  expect(await look(path, {}, (page) => page.locator('#check').isVisible())).toBe(false);
});

it('tells verdicts apart without any colour', async () => {
  const seen = await look('night/index.html', {}, (page) =>
    page.evaluate(() =>
      [...document.querySelectorAll('.matrix .v')].map((badge) => [
        badge.textContent,
        getComputedStyle(badge, '::before').content.charAt(1),
      ]),
    ),
  );
  const signs = new Map(seen.map(([verdict, sign]) => [verdict, sign]));
  expect([...signs.keys()].sort()).toEqual(['ERROR', 'FAIL', 'MISS', 'PASS']);
  expect(new Set(signs.values()).size).toBe(4);
});

it('is on paper with all that is folded', async () => {
  const height = await look('night/cells/7.2.6-x86_64-gcc-12-minimal.html', {}, async (page) => {
    const onScreen = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.emulateMedia({ media: 'print' });
    return [onScreen, await page.evaluate(() => document.documentElement.scrollHeight)];
  });
  expect(height[1]).toBeGreaterThan((height[0] ?? 0) * 1.2);
});

describe('10,000 cells', () => {
  const LARGE = ['large/index.html', 'large/changes.html', 'large/matrix-x86_64_gcc-12.html'];

  beforeAll(async () => {
    const input = alone(largeRun(10_000));
    await put('large', new Map([...renderSite(input)].map(({ path, content }) => [path, content])));
  }, 120_000);

  it.each(LARGE)('%s is small, and there soon', async (path) => {
    expect((await readFile(join(dir, path))).length).toBeLessThan(1_000_000);
    const [parts, milliseconds] = await look(path, { viewport: { width: 1440, height: 900 } }, (page) =>
      page.evaluate(() => {
        const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
        return [document.querySelectorAll('*').length, navigation?.loadEventEnd ?? 0] as const;
      }),
    );
    console.log(`${path}: ${parts} elements, loaded in ${Math.round(milliseconds)} ms`);
    expect(parts).toBeLessThan(20_000);
    expect(milliseconds).toBeLessThan(10_000); // on a machine that does much else
  });
});
