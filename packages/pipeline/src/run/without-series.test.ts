// SPDX-License-Identifier: MIT
// The tree without the series, and waivers, for real, on a kernel tree small enough for it.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { State } from '@uio-msi/host';
import type { Kernel } from '@uio-msi/kernels';
import type { RunResult, StageName, StageResult } from '@uio-msi/model';
import { loadSeries, parsePatchFile, type Series } from '@uio-msi/series';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Changes, requestFor, type ServedKernel, serveFakeKernel } from '../../test/served-kernel.js';
import { runCells } from './run.js';

// A real make takes a while on a machine that does other things.
vi.setConfig({ testTimeout: 180_000 });

let served: ServedKernel;
let kernel: Kernel;
let state: State;
let series: string;

beforeAll(async () => {
  served = await serveFakeKernel();
  ({ kernel } = served);
});
afterAll(() => served.end());
beforeEach(async () => {
  ({ state, series } = await served.place());
});

const check = async (changes: Changes = {}): Promise<RunResult> =>
  runCells(await requestFor({ state, series, kernel }, changes));
const stages = ({ cells }: RunResult) =>
  Object.fromEntries((cells[0]?.stages ?? []).map((s) => [s.stage, s]));
const stage = (result: RunResult, name: StageName): StageResult => {
  const found = stages(result)[name];
  if (!found) throw new Error(`no stage ${name}`);
  return found;
};
const DRIVER = '0002-uio-add-a-driver-for-PCI-devices-with-MSI-X.patch';
const edit = async (from: string | RegExp, to: string, file = DRIVER) => {
  const path = join(series, file);
  const text = await readFile(path, 'utf8');
  expect(text).toMatch(from);
  await writeFile(path, text.replace(from, to));
};
const driverLine = 'return info->name && cmd ? (long)arg : -1;';

// What a series may find in a tree: something for sparse, and, behind it, for the compiler.
const UNDER = `From: A Developer <a@example.org>
Subject: [PATCH] uio: count

It says what sparse and the compiler do not like.
---
diff --git a/drivers/uio/uio.c b/drivers/uio/uio.c
--- a/drivers/uio/uio.c
+++ b/drivers/uio/uio.c
@@ -1,5 +1,7 @@
 // SPDX-License-Identifier: GPL-2.0
 #include <linux/uio_driver.h>
 
+int uio_count;
+static void not_called(void) { }
 static int users;
 
`;
// What a first patch that does away with both has before its own hunk.
const REMOVAL = `@@ -1,7 +1,5 @@
 // SPDX-License-Identifier: GPL-2.0
 #include <linux/uio_driver.h>
 
-int uio_count;
-static void not_called(void) { }
 static int users;
 
@@ -16,3 +14,8 @@`;

const withUnder = async () => [
  {
    ...(await loadSeries(series)),
    ...{ name: 'under', patches: [await parsePatchFile('0001-uio-count.patch', UNDER)] },
    ...{ modules: [], config: [] },
  },
];

describe('the tree without the series', () => {
  const FIRST = '0001-uio-add-an-ioctl-operation.patch';
  const found = (result: RunResult, name: StageName) =>
    stage(result, name).findings.map(({ tool, severity, file }) => [tool, severity, file]);

  it("is built and inspected first, and what it says is nobody's fault", async () => {
    const result = await check({ prerequisites: await withUnder(), stages: ['inspect'] });
    expect(stage(result, 'base')).toMatchObject({
      verdict: 'PASS',
      checks: [
        { name: 'sparse', verdict: 'PASS' },
        { name: 'coccinelle' },
        { name: 'kernel-doc' },
        { verdict: 'SKIP' },
        { verdict: 'SKIP' },
      ],
    });
    expect(found(result, 'base')).toEqual([
      ['gcc', 'note', 'drivers/uio/uio.c'],
      ['sparse', 'note', 'drivers/uio/uio.c'],
    ]);
    for (const name of ['build', 'inspect'] as const) {
      expect(stage(result, name)).toMatchObject({ verdict: 'PASS', findings: [] });
      expect(stage(result, name).fixed).toBeUndefined();
    }
  });

  it('says what the series fixes', async () => {
    const prerequisites = await withUnder();
    await edit('@@ -14,3 +14,8 @@', REMOVAL, FIRST);
    const result = await check({ prerequisites, stages: ['inspect'] });
    expect(stage(result, 'build')).toMatchObject({
      verdict: 'PASS',
      fixed: [{ tool: 'gcc', file: 'drivers/uio/uio.c', kind: '-Wunused-function' }],
    });
    expect(stage(result, 'inspect')).toMatchObject({
      verdict: 'PASS',
      fixed: [{ tool: 'sparse', file: 'drivers/uio/uio.c' }],
    });
  });

  it('is known again, and does not hide what the series brings', async () => {
    const prerequisites = await withUnder();
    await check({ prerequisites, stages: ['inspect'] });
    await edit(driverLine, 'return info != 0 && cmd ? (long)arg : -1;');
    const result = await check({ prerequisites, stages: ['inspect'] });
    expect(stage(result, 'base').cached).toBe(true);
    expect(found(result, 'inspect')).toEqual([['sparse', 'warning', 'drivers/uio/uio_msi.c']]);
  });

  it('does not excuse a warning of a new file because an object of it is in the folder', async () => {
    const noreturn = 'int start_kernel(struct uio_info *info, int warned_about) __attribute__((noreturn));';
    const declared = 'long uio_ioctl(struct uio_info *info, unsigned int cmd, unsigned long arg);';
    await edit(declared, `${declared} ${noreturn}`, FIRST);
    await edit(driverLine, 'int unused; return info->name && cmd ? (long)arg : -1;');
    const result = await check();
    expect(stage(result, 'build').findings.map(({ file }) => file)).toEqual(
      expect.arrayContaining(['drivers/uio/uio_msi.c', 'init/main.c']),
    );
  });

  it('that cannot be built says nothing of the series', async () => {
    const broken = UNDER.replace('+int uio_count;', '+int uio_count');
    const [under] = await withUnder();
    const patches = [await parsePatchFile('0001-uio-count.patch', broken)];
    const result = await check({ prerequisites: [{ ...(under as Series), patches }] });
    expect(stage(result, 'base')).toMatchObject({
      verdict: 'ERROR',
      reason: expect.stringMatching(
        /^the tree without the series, to compare with, could not be built; drivers\/uio\/uio.c:/,
      ),
    });
    expect(stage(result, 'build')).toMatchObject({ verdict: 'SKIP', reason: 'base ended with ERROR' });
  });
});

describe('waivers of a series', () => {
  const waive = async (lines: string) => {
    const path = join(series, 'series.yaml');
    await writeFile(path, `${await readFile(path, 'utf8')}\nwaivers:\n${lines}`);
  };
  const sparse = (until: string) =>
    waive(`  - { tool: sparse, message: plain integer, why: it is read so, until: ${until} }\n`);
  const inspect = async () => stage(await check({ stages: ['inspect'] }), 'inspect');
  const old = 'return info == 0 ? 0 : (long)arg;';

  it('make a note of a finding until their day', async () => {
    await edit(driverLine, old);
    await sparse('2999-12-31');
    expect(await inspect()).toMatchObject({
      verdict: 'PASS',
      findings: [
        { severity: 'note', message: expect.stringContaining('(waived until 2999-12-31: it is read so)') },
      ],
      checks: expect.arrayContaining([expect.objectContaining({ name: 'sparse', verdict: 'PASS' })]),
    });
  });

  it('fail the stage when they have expired', async () => {
    await edit(driverLine, old);
    await sparse('2020-12-31');
    const { verdict, findings } = await inspect();
    expect(verdict).toBe('FAIL');
    expect(findings.map(({ tool, kind, severity }) => [tool, kind, severity])).toEqual([
      ['sparse', 'warning', 'warning'],
      ['waivers', 'expired', 'error'],
    ]);
  });

  it('are said to fit nothing, by the stage of their tool alone', async () => {
    await sparse('2999-12-31');
    await waiveMore();
    const result = await check({ stages: ['inspect'] });
    const said = (name: StageName) => stage(result, name).findings.map(({ message }) => message);
    expect(said('inspect')).toEqual([expect.stringMatching(/^the waiver of sparse .*fits nothing$/)]);
    expect(said('build')).toEqual([expect.stringMatching(/^the waiver of gcc .*fits nothing$/)]);
    expect(result.verdict).toBe('PASS');
  });

  const waiveMore = async () => {
    const path = join(series, 'series.yaml');
    const more = '  - { tool: gcc, kind: -Wunused, why: it is not so bad, until: 2999-12-31 }\n';
    await writeFile(path, `${await readFile(path, 'utf8')}${more}`);
  };
});
