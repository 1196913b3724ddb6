// SPDX-License-Identifier: MIT
import type { Finding } from '@uio-msi/model';
import { expect, it } from 'vitest';
import type { BuiltTree, Inspection } from './inspection.js';
import { INSPECTIONS, runInspections } from './inspections.js';

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
  expect(await inspect(['a.c', 'a.h'])).toEqual({
    findings: [finding],
    checks: [{ name: 'one', verdict: 'FAIL', seconds: expect.any(Number), reason: 'found 1; without b.c' }],
  });
});

it.each([
  [['a.h'], [], 'SKIP', 'the series touches no C source'],
  [['a.c'], ['one-tool'], 'MISS', 'one-tool not installed: run ./uio-msi setup'],
])('leaves a check out for %j without %j: %s, and says why', async (touched, missing, verdict, reason) => {
  expect(await inspect(touched, missing)).toEqual({
    findings: [],
    checks: [{ name: 'one', verdict, seconds: 0, reason }],
  });
});

it('has names that tell findings apart', () => {
  expect(new Set(INSPECTIONS.map(({ name }) => name)).size).toBe(INSPECTIONS.length);
});
