// SPDX-License-Identifier: MIT
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState } from '@uio-msi/host';
import { expect, it } from 'vitest';
import { makeRevision } from '../../testing/revision.js';
import { describeRecord } from './describe.js';
import type { Facts } from './facts.js';
import { judge, verdictOf } from './judge.js';
import { findRecord, keepRecord, recordOf } from './record.js';
import { type Breach, defineRule } from './rule.js';
import { matrix } from './rules/matrix.js';
import { parseWaiver, type Waiver } from './waiver.js';

const FACTS = { now: { value: new Date(0) } } as unknown as Facts;
const rule = (breaches: readonly Breach[], skip: string | null = null) =>
  defineRule({
    name: 'fixes',
    title: 'Fixes: is well formed',
    source: { file: 'Documentation/process/submitting-patches.rst', section: 'Describe your changes' },
    next: 'correct it',
    needs: ['now'],
    skip: () => skip,
    check: () => breaches,
  });
const BROKEN: readonly Breach[] = [
  { where: '0001.patch', what: 'has 7 digits' },
  { where: '0002.patch', what: 'has no commit', next: 'look it up' },
];
const judged = async (
  breaches: readonly Breach[],
  waivers: Waiver[] = [],
  facts = FACTS,
  skip: string | null = null,
) => judge(await makeRevision(), facts, waivers, [rule(breaches, skip)]);
const waiver = (where: string | null): Waiver => ({
  rule: 'fixes',
  where,
  reason: 'the commit is older than git',
});

it('lets through what breaks no rule, or has nothing to be judged', async () => {
  expect(await judged([])).toMatchObject([{ verdict: 'PASS', blocks: false }]);
  expect(await judged(BROKEN, [], FACTS, 'a lone patch may')).toMatchObject([
    { verdict: 'SKIP', blocks: false, reason: 'a lone patch may', breaches: [] },
  ]);
});

it('blocks, with what happened and what to do', async () => {
  const judgements = await judged(BROKEN);
  expect(verdictOf(judgements)).toBe('FAIL');
  expect(judgements).toMatchObject([
    {
      verdict: 'FAIL',
      blocks: true,
      breaches: [
        { where: '0001.patch', next: 'correct it', verdict: 'FAIL', waived: null },
        { where: '0002.patch', next: 'look it up' },
      ],
    },
  ]);
});

it.each(['MISS', 'ERROR'] as const)('blocks when what it needs is a %s', async (verdict) => {
  const facts = { ...FACTS, now: { unknown: { verdict, reason: 'no clock', next: 'buy one' } } };
  const judgements = await judged([], [], facts);
  expect(verdictOf(judgements)).toBe(verdict);
  expect(judgements).toMatchObject([
    { verdict, blocks: true, breaches: [{ what: 'could not be judged: no clock', next: 'buy one' }] },
  ]);
});

it('is waived as a whole or in one place, and still says what is broken', async () => {
  expect(await judged(BROKEN, [waiver(null)])).toMatchObject([
    {
      verdict: 'FAIL',
      blocks: false,
      breaches: [{ waived: waiver(null).reason }, { waived: waiver(null).reason }],
    },
  ]);
  expect(await judged(BROKEN, [waiver('0001.patch')])).toMatchObject([
    { blocks: true, breaches: [{ waived: waiver(null).reason }, { waived: null }] },
  ]);
  expect(await judged(BROKEN, [{ ...waiver(null), rule: 'subject' }])).toMatchObject([{ blocks: true }]);
});

it('reads waivers, and refuses those without rule or reason', () => {
  expect(parseWaiver('recipients:bpf@vger.kernel.org=only mentions AF_XDP = XDP')).toEqual({
    rule: 'recipients',
    where: 'bpf@vger.kernel.org',
    reason: 'only mentions AF_XDP = XDP',
  });
  expect(parseWaiver('matrix=the farm is down until Monday').where).toBeNull();
  for (const [text, code] of [
    ['matrix', 'waiver-unreadable'],
    ['=because it is late', 'waiver-unreadable'],
    ['matirx=because it is late', 'waiver-unknown'],
    ['matrix=', 'waiver-without-reason'],
    ['matrix=   no    ', 'waiver-without-reason'],
  ] as const)
    expect(() => parseWaiver(text), text).toThrow(expect.objectContaining({ code, exitCode: 2 }));
});

it('keeps a record of exactly one content, whole or not at all', async () => {
  const state = await openState(await mkdtemp(join(tmpdir(), 'uio-msi-preflight-')));
  try {
    const revision = await makeRevision({ patches: [{}, { subject: 'uio: more' }] });
    const waived = [waiver(null)];
    const record = recordOf(revision, await judged([]), {
      tried: 'x',
      waived,
      kernel: '7.2.6',
      now: new Date(0),
    });
    expect(await findRecord(state, revision)).toBeNull();
    await keepRecord(state, record);
    expect(await findRecord(state, revision)).toEqual(record);
    expect(record).toMatchObject({ verdict: 'PASS', checked: '1970-01-01T00:00:00.000Z', waived });

    for (const [at, mail] of revision.messages.entries()) {
      const messages = revision.messages.with(at, { ...mail, raw: `${mail.raw} ` });
      expect(await findRecord(state, { ...revision, messages }), mail.file).toBeNull();
    }
    const [file = ''] = await readdir(state.path('preflight'));
    const path = state.path('preflight', file);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('"PASS"', '"SKIP"'));
    expect(await findRecord(state, revision)).toBeNull();
    await writeFile(path, text.slice(0, 100));
    expect(await findRecord(state, revision)).toBeNull();
  } finally {
    await rm(state.dir, { recursive: true });
  }
});

it('tells a person what happened, what to do, why, and what was waived', async () => {
  const revision = await makeRevision();
  const rules = await judged(BROKEN, [waiver('0001.patch')]);
  const text = describeRecord(
    recordOf(revision, rules, { tried: 'x', waived: [], kernel: '7.2.6', now: new Date(0) }),
  );
  expect(text.split('\n').slice(2)).toEqual([
    'FAIL  fixes             Fixes: is well formed',
    '      0002.patch: has no commit',
    '      next: look it up',
    '      0001.patch: has 7 digits (waived: the commit is older than git)',
    '      why: Documentation/process/submitting-patches.rst, "Describe your changes"',
    '',
    'uio_lock v1 must not be sent: fixes',
  ]);
});

it('lists every cell that is not green, and the command for all of them', async () => {
  const cells = Array.from({ length: 12 }, (_, at) => ({
    square: `7.2.6/x86_64/gcc/c${at}`,
    stages: [{ stage: 'boot', verdict: 'MISS', reason: 'it was not run' }],
  }));
  const facts = { ...FACTS, matrix: { value: cells }, leftOut: { value: [] } } as unknown as Facts;
  const revision = await makeRevision();
  const text = describeRecord(
    recordOf(revision, judge(revision, facts, [], [matrix]), {
      tried: 'x',
      waived: [],
      kernel: '7.2.6',
      now: new Date(0),
    }),
  );
  for (const { square } of cells) expect(text).toContain(`      ${square}: boot: it was not run\n`);
  expect(text.match(/^ +next: .*$/gm)).toEqual([
    `      next: ${matrix.next}`,
    '      next: ./uio-msi nightly --series uio_lock --tier weekly --cells 7.2.6/x86_64/gcc/c0, and so on, for one of them',
  ]);
});
