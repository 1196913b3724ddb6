// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { type CellResult, UserError } from '@uio-msi/model';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { night } from '../../testing/night.js';
import { badRun, caseResult, cell, finding, run, stage } from '../../testing/sample.js';
import { mergeRuns } from '../merge/merge.js';
import { renderKcidb } from './kcidb.js';
import type { Kcidb } from './schema.js';

const schema = JSON.parse(
  readFileSync(new URL('../../fixtures/kcidb-v5.3.schema.json', import.meta.url), 'utf8'),
);
const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
const validate = ajv.compile(schema);

const read = (pieces: Iterable<string>): Kcidb => JSON.parse([...pieces].join(''));

// Valid, whole, and without two of one id.
const check = (pieces: Iterable<string>): Kcidb => {
  const report = read(pieces);
  validate(report);
  expect(validate.errors ?? []).toEqual([]);
  const ids = (things: readonly { readonly id: string }[]) => new Set(things.map(({ id }) => id));
  for (const things of [report.checkouts, report.builds, report.tests, report.issues, report.incidents])
    expect(ids(things).size).toBe(things.length);
  for (const { checkout_id } of report.builds) expect(ids(report.checkouts)).toContain(checkout_id);
  for (const { build_id } of report.tests) expect(ids(report.builds)).toContain(build_id);
  for (const { issue_id, build_id, test_id } of report.incidents) {
    expect(ids(report.issues)).toContain(issue_id);
    expect([...ids(report.builds), ...ids(report.tests)]).toContain(build_id ?? test_id);
  }
  return report;
};

describe('a night', () => {
  const { run: last } = night();
  const report = check(renderKcidb(last, 'example_lab'));

  it('is a checkout for each kernel and what was applied, a build for each cell that got so far', () => {
    expect(report.builds.length).toBe(last.cells.filter(({ stages }) => stages.length > 1).length);
    expect(report.builds.map(({ architecture }) => architecture)).toContain('riscv64');
    expect(report.checkouts.filter(({ valid }) => valid === false)).toHaveLength(1);
  });

  it('has each failure once, and where it is', () => {
    const warning = report.issues.find(({ comment }) => comment.includes('unused variable'));
    expect(warning).toMatchObject({ culprit: { code: true, harness: false } });
    const places = report.incidents.filter(({ issue_id }) => issue_id === warning?.id);
    expect(places).toHaveLength(10);
    const clang = report.builds.filter(({ compiler }) => compiler === 'clang-14').map(({ id }) => id);
    expect(new Set(places.map(({ build_id }) => build_id))).toEqual(new Set(clang));
    const harness = report.issues.find(({ culprit }) => culprit.harness);
    expect(harness?.comment).toBe('boot: no qemu-system-riscv64 on this machine');
  });

  it('links a failed case to the test of that case', () => {
    const issue = report.issues.find(({ comment }) => comment.startsWith('irq.every'));
    const incident = report.incidents.find(({ issue_id }) => issue_id === issue?.id);
    expect(report.tests.find(({ id }) => id === incident?.test_id)).toMatchObject({
      path: 'uio_msi.conform.irq.every',
      status: 'FAIL',
      environment: { misc: { device: 'rocker', vectors: 66 } },
    });
  });
});

it('links the failure of one of several devices of a kind to the test on that one', () => {
  const on = (vectors: number, bdf: string, verdict: 'PASS' | 'FAIL') =>
    caseResult({ vectors, bdf, verdict, message: verdict === 'PASS' ? null : 'no event' });
  const cases = [
    on(66, '02.0', 'FAIL'),
    on(66, '03.0', 'PASS'),
    on(128, '04.0', 'PASS'),
    on(66, '02.0', 'PASS'),
  ];
  const bad = run('FAIL', [cell('FAIL', [stage('build'), stage('conform', { verdict: 'FAIL', cases })])]);
  const { incidents, tests } = check(renderKcidb(bad, 'here'));
  expect(incidents).toHaveLength(1);
  expect(tests.find(({ id }) => id === incidents[0]?.test_id)).toMatchObject({
    status: 'FAIL',
    environment: { misc: { vectors: 66, bdf: '02.0' } },
  });
});

describe('ids', () => {
  const ids = ({ tests }: Kcidb) => tests.map(({ id }) => id);
  const idsIn = (pieces: Iterable<string>) => ids(read(pieces));

  it('are the origin and what a thing is, the same for what was looked up and not done again', () => {
    const again = {
      ...badRun(),
      run: '20261123T081500Z-0001',
      cells: badRun().cells.map((one) => ({
        ...one,
        stages: one.stages.map((s) => ({ ...s, cached: true, reproduce: 'x' })),
      })),
    };
    expect(idsIn(renderKcidb(again, 'here'))).toEqual(idsIn(renderKcidb(badRun(), 'here')));
    expect(idsIn(renderKcidb(badRun(), 'there'))[0]).toMatch(/^there:[0-9a-f]{32}$/);
  });

  it('differ for what was done again, and issues keep theirs', () => {
    const slower = (seconds: number) =>
      run('FAIL', [cell('FAIL', [stage('boot', { verdict: 'FAIL', reason: 'panic', seconds })])]);
    const [one, two] = [check(renderKcidb(slower(1), 'here')), check(renderKcidb(slower(2), 'here'))];
    expect(ids(one)).not.toEqual(ids(two));
    expect(one.issues).toEqual(two.issues);
  });

  it('are those of all that machines send, when one sends the results of all', () => {
    const on = (name: string, reason: string) => {
      const stages = [
        stage('apply', { outputs: { tree: 't' } }),
        stage('build', { log: `ledger/build/${name}.log.gz` }),
        stage('boot', { verdict: 'FAIL', reason, log: 'ledger/boot/x.log.gz' }),
      ];
      return { ...run('FAIL', [cell('FAIL', stages)]), run: name, content: 'c0ffee' };
    };
    const [one, two] = [on('a', 'panic'), on('b', 'the guest hangs')];
    const merged = mergeRuns([one, two], 'merged', './uio-msi report merge');
    const moved = (of: CellResult): CellResult => ({
      ...of,
      stages: of.stages.map((each) => ({ ...each, log: null })),
      ...(of.others && { others: of.others.map(moved) }),
    });
    const whole = check(renderKcidb({ ...merged, cells: merged.cells.map(moved) }, 'here'));
    const [first, second] = [one, two].map((each) => check(renderKcidb(each, 'here')));
    for (const kind of ['checkouts', 'builds', 'tests', 'issues', 'incidents'] as const) {
      const sent = [first, second].flatMap((report) => report?.[kind].map(({ id }) => id));
      expect(new Set(whole[kind].map(({ id }) => id)), kind).toEqual(new Set(sent));
    }
    expect(whole.issues.map(({ comment }) => comment)).toEqual(['boot: panic', 'boot: the guest hangs']);
  });

  it('refuse an origin that KCIDB would', () => {
    for (const origin of ['', 'Lab', 'a:b', 'a b'])
      expect(() => renderKcidb(badRun(), origin)).toThrow(UserError);
  });
});

it.each([
  ['7.2.6', 'v7.2.6'],
  ['next-20261120', 'next-20261120'],
])('calls the commit of %s by its tag, %s', (kernel, tag) => {
  const { checkouts } = check(renderKcidb(run('PASS', [cell('PASS', [stage('build')], kernel)]), 'here'));
  expect(checkouts.map(({ git_commit_name }) => git_commit_name)).toEqual([tag]);
});

it('is valid whatever is in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const stages = [
        stage('build', {
          verdict: 'FAIL',
          reason: text,
          reproduce: text,
          findings: [finding({ file: text, message: text })],
        }),
        stage('inspect', { checks: [{ name: text, verdict: 'FAIL', seconds: 1, reason: text }] }),
        stage('conform', {
          cases: [
            caseResult({
              id: text,
              device: text,
              title: text,
              verdict: 'FAIL',
              message: text,
              log: text.repeat(5000),
            }),
            caseResult({ id: text, device: text }),
          ],
        }),
      ];
      check(
        renderKcidb(
          run('FAIL', [
            {
              ...cell('FAIL', stages),
              kernel: text,
              arch: text,
              toolchain: text,
              config: text,
              series: text,
              key: text,
            },
          ]),
          'a',
        ),
      );
    }),
    { numRuns: 50 },
  );
});
