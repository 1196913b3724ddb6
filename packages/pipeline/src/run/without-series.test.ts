// SPDX-License-Identifier: MIT
// The tree without the series, and waivers, for real, on a kernel tree small enough for it.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunResult, StageName } from '@uio-msi/model';
import { loadSeries, parsePatchFile, type Series } from '@uio-msi/series';
import { beforeEach, describe, expect, it } from 'vitest';
import { DRIVER_LINE, stageOf, useFakeKernel } from '../../test/fake-kernel-runs.js';

const { now, check, edit } = useFakeKernel();
let series: string;
beforeEach(() => {
  ({ series } = now());
});

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
    stageOf(result, name).findings.map(({ tool, severity, file }) => [tool, severity, file]);

  it("is built and inspected first, and what it says is nobody's fault", async () => {
    const result = await check({ prerequisites: await withUnder(), stages: ['inspect'] });
    expect(stageOf(result, 'base')).toMatchObject({
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
      expect(stageOf(result, name)).toMatchObject({ verdict: 'PASS', findings: [] });
      expect(stageOf(result, name).fixed).toBeUndefined();
    }
  });

  it('says what the series fixes', async () => {
    const prerequisites = await withUnder();
    await edit('@@ -14,3 +14,8 @@', REMOVAL, FIRST);
    const result = await check({ prerequisites, stages: ['inspect'] });
    expect(stageOf(result, 'build')).toMatchObject({
      verdict: 'PASS',
      fixed: [{ tool: 'gcc', file: 'drivers/uio/uio.c', kind: '-Wunused-function' }],
    });
    expect(stageOf(result, 'inspect')).toMatchObject({
      verdict: 'PASS',
      fixed: [{ tool: 'sparse', file: 'drivers/uio/uio.c' }],
    });
  });

  it('is known again, and does not hide what the series brings', async () => {
    const prerequisites = await withUnder();
    await check({ prerequisites, stages: ['inspect'] });
    await edit(DRIVER_LINE, 'return info != 0 && cmd ? (long)arg : -1;');
    const result = await check({ prerequisites, stages: ['inspect'] });
    expect(stageOf(result, 'base').cached).toBe(true);
    expect(found(result, 'inspect')).toEqual([['sparse', 'warning', 'drivers/uio/uio_msi.c']]);
  });

  it('does not excuse a warning of a new file because an object of it is in the folder', async () => {
    const noreturn = 'int start_kernel(struct uio_info *info, int warned_about) __attribute__((noreturn));';
    const declared = 'long uio_ioctl(struct uio_info *info, unsigned int cmd, unsigned long arg);';
    await edit(declared, `${declared} ${noreturn}`, FIRST);
    await edit(DRIVER_LINE, 'int unused; return info->name && cmd ? (long)arg : -1;');
    const result = await check();
    expect(stageOf(result, 'build').findings.map(({ file }) => file)).toEqual(
      expect.arrayContaining(['drivers/uio/uio_msi.c', 'init/main.c']),
    );
  });

  it('that cannot be built says nothing of the series', async () => {
    const broken = UNDER.replace('+int uio_count;', '+int uio_count');
    const [under] = await withUnder();
    const patches = [await parsePatchFile('0001-uio-count.patch', broken)];
    const result = await check({ prerequisites: [{ ...(under as Series), patches }] });
    expect(stageOf(result, 'base')).toMatchObject({
      verdict: 'ERROR',
      reason: expect.stringMatching(
        /^the tree without the series, to compare with, could not be built; drivers\/uio\/uio.c:/,
      ),
    });
    expect(stageOf(result, 'build')).toMatchObject({ verdict: 'SKIP', reason: 'base ended with ERROR' });
  });
});

describe('waivers of a series', () => {
  const waive = async (lines: string) => {
    const path = join(series, 'series.yaml');
    await writeFile(path, `${await readFile(path, 'utf8')}\nwaivers:\n${lines}`);
  };
  const sparse = (until: string) =>
    waive(`  - { tool: sparse, message: plain integer, why: it is read so, until: ${until} }\n`);
  const inspect = async () => stageOf(await check({ stages: ['inspect'] }), 'inspect');
  const old = 'return info == 0 ? 0 : (long)arg;';

  it('make a note of a finding until their day', async () => {
    await edit(DRIVER_LINE, old);
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
    await edit(DRIVER_LINE, old);
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
    const said = (name: StageName) => stageOf(result, name).findings.map(({ message }) => message);
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
