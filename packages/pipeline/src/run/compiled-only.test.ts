// SPDX-License-Identifier: MIT
// A configuration of which only what the series touches is compiled, for real, on a kernel tree small
// enough for it.
import { readdir } from 'node:fs/promises';
import type { RunResult } from '@uio-msi/model';
import { loadSeries, parsePatchFile } from '@uio-msi/series';
import { expect, it } from 'vitest';
import { DRIVER_LINE, stageOf, useFakeKernel } from '../../test/fake-kernel-runs.js';
import type { Changes } from '../../test/served-kernel.js';

const { now, check, edit } = useFakeKernel();

const FIRST = '0001-uio-add-an-ioctl-operation.patch';
const DECLARED = 'long uio_ioctl(struct uio_info *info, unsigned int cmd, unsigned long arg);';
const text =
  '# Over make allmodconfig\n# Compiled is only what the series touches\n# CONFIG_WERROR is not set\n';
const config = { name: 'allmod', fragments: [{ name: 'allmod.config', text }] };

const compile = (changes: Changes = {}) => check({ config, stages: ['boot'], ...changes });
const compiled = (result: RunResult) => result.cells.map(({ stages }) => stages.find(isBuild)?.reason);
const isBuild = ({ stage }: { readonly stage: string }) => stage === 'build';

/** What is laid under the series: a change to a file that it leaves alone. */
const under = async (line: string) => [
  {
    ...(await loadSeries(now().series)),
    ...{ name: 'under', modules: [], config: [] },
    patches: [
      await parsePatchFile(
        '0001-init.patch',
        `From: A Developer <a@example.org>\nSubject: [PATCH] init\n\nIt is there.\n---
diff --git a/init/main.c b/init/main.c
--- a/init/main.c
+++ b/init/main.c
@@ -1,4 +1,5 @@
 // SPDX-License-Identifier: GPL-2.0
 #include <linux/uio_driver.h>
 
+${line}
 int start_kernel(struct uio_info *info, int warned_about);
`,
      ),
    ],
  },
];

it('passes, says how much that was, keeps no kernel and boots none', async () => {
  const result = await compile();
  expect(result.verdict).toBe('PASS');
  expect(stageOf(result, 'build')).toMatchObject({
    ...{ verdict: 'PASS', reason: '3 sources compiled', findings: [], outputs: { compiled: '3' } },
  });
  expect(stageOf(result, 'boot')).toMatchObject({
    verdict: 'SKIP',
    reason: 'only what the series touches is compiled: there is no kernel to boot',
  });
  await expect(readdir(now().state.path('artefacts'))).rejects.toThrow('ENOENT');
  const again = await compile();
  expect(stageOf(again, 'build')).toMatchObject({ cached: true, reason: '3 sources compiled' });
});

it('names the source of others that a header of the series breaks, and what is wrong there', async () => {
  await edit(DECLARED, `${DECLARED} void start_kernel(int other);`, FIRST);
  const result = await compile({ stages: ['inspect'] });
  const { findings, verdict, reason } = stageOf(result, 'build');
  expect(verdict).toBe('FAIL');
  expect(reason).toMatch(/^init\/main\.c:\d+: conflicting types for 'start_kernel'/);
  const at = findings.map(({ tool, file }) => [tool, file]);
  expect(stageOf(result, 'inspect')).toMatchObject({ verdict: 'SKIP', reason: 'build ended with FAIL' });
  expect(at).toContainEqual(['gcc', 'init/main.c']);
  expect(at).toContainEqual(['make', 'init/main.c']);
  expect(at.filter(([, file]) => file !== 'init/main.c')).toEqual([]);
});

it('counts a warning that a source of others gets, and not one that it has', async () => {
  const noreturn = 'int start_kernel(struct uio_info *info, int warned_about) __attribute__((noreturn));';
  await edit(DECLARED, `${DECLARED} ${noreturn}`, FIRST);
  const { findings } = stageOf(await compile(), 'build');
  const at = findings.map(({ severity, file, line }) => [severity, file, line]);
  expect(new Set(at.map(String))).toEqual(new Set(['warning,init/main.c,9']));
});

it('does not blame the series for what does not compile without it, and says so', async () => {
  const prerequisites = await under('int broken = none;');
  const result = await compile({ prerequisites });
  expect(stageOf(result, 'base').verdict).toBe('PASS');
  expect(stageOf(result, 'build')).toMatchObject({
    verdict: 'PASS',
    reason: '2 sources compiled; without the series these do not compile either: init/main.c',
    findings: [],
  });
  await edit(DRIVER_LINE, 'int unused; return info->name && cmd ? (long)arg : -1;');
  expect(stageOf(await compile({ prerequisites }), 'build')).toMatchObject({
    verdict: 'FAIL',
    findings: [{ kind: '-Wunused-variable', file: 'drivers/uio/uio_msi.c' }],
  });
});

it('is of each prefix what that one touches', async () => {
  expect(compiled(await compile({ prefixes: 'each' }))).toEqual(['2 sources compiled', '3 sources compiled']);
});

it('can be inspected', async () => {
  await edit(DRIVER_LINE, 'return info == 0 ? 0 : (long)arg;');
  const result = await compile({ stages: ['inspect'] });
  expect(stageOf(result, 'inspect')).toMatchObject({
    verdict: 'FAIL',
    findings: [{ tool: 'sparse', file: 'drivers/uio/uio_msi.c' }],
  });
});
