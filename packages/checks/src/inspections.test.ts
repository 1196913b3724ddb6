// SPDX-License-Identifier: MIT
import type { Finding } from '@uio-msi/model';
import { expect, it } from 'vitest';
import type { BuiltTree, Inspection } from './inspection.js';
import { INSPECTIONS, judgeReports, runInspections } from './inspections.js';

const finding: Finding = {
  tool: 'one',
  kind: 'x',
  severity: 'warning',
  file: 'a.c',
  line: 1,
  message: 'bad',
};
const one: Inspection = {
  name: 'one',
  version: 1,
  title: 'a check',
  subject: 'a C source',
  tools: ['one-tool'],
  concerns: (path) => path.endsWith('.c'),
  run: async () => ({ findings: [finding], leftOut: ['b.c'] }),
};
const tree = {} as BuiltTree;
const inspect = (touched: readonly string[], missing: readonly string[] = []) =>
  runInspections(tree, touched, { missing: new Set(missing) }, [one]);

it('gives findings, and for each check what came of it', async () => {
  const reports = await inspect(['a.c', 'a.h']);
  expect(reports).toMatchObject([{ name: 'one', findings: [finding], leftOut: ['b.c'], obstacle: null }]);
  expect(judgeReports(reports, [finding])).toEqual([
    { name: 'one', verdict: 'FAIL', seconds: expect.any(Number), reason: 'found 1; without b.c' },
  ]);
});

it.each([
  ['was there before', []],
  ['is a note', [{ ...finding, severity: 'note' as const }]],
  ['is of another', [{ ...finding, tool: 'two' }]],
])('passes when what it found %s', async (_, left) => {
  const [check] = judgeReports(await inspect(['a.c']), left);
  expect(check).toMatchObject({ verdict: 'PASS', reason: 'without b.c' });
});

it.each([
  [['a.h'], [], 'SKIP', 'the series touches no C source'],
  [['a.c'], ['one-tool'], 'MISS', 'one-tool not installed: run ./uio-msi setup'],
])('leaves a check out for %j without %j: %s, and says why', async (touched, missing, verdict, reason) => {
  expect(judgeReports(await inspect(touched, missing), [])).toEqual([
    { name: 'one', verdict, seconds: 0, reason },
  ]);
});

it('looks once for all who have the same sources, where these are all that it reads', async () => {
  const asked: string[] = [];
  const once = <T>(name: string, work: () => Promise<T>) => {
    asked.push(name);
    return work();
  };
  const inspections = [one, { ...one, name: 'two', sourcesOnly: true }];
  const reports = await runInspections(tree, ['a.c'], { missing: new Set(), once }, inspections);
  expect(reports.map(({ findings }) => findings)).toEqual([[finding], [finding]]);
  expect(asked).toEqual(['two a.c']);
});

it('has names that tell findings apart', () => {
  expect(new Set(INSPECTIONS.map(({ name }) => name)).size).toBe(INSPECTIONS.length);
});
