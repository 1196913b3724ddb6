// SPDX-License-Identifier: MIT
// What tools and earlier results say of a series.
import type { Finding, PatchResult, StageName, Verdict } from '@uio-msi/model';
import { describe, expect, it } from 'vitest';
import { adds, broken, creates } from '../../../testing/revision.js';
import type { Revision } from '../../message/message.js';
import type { FactValues, MatrixCell } from '../facts.js';
import { base } from './base.js';
import { checkpatch } from './checkpatch.js';
import { matrix } from './matrix.js';
import { prefixes } from './prefixes.js';
import { recipients } from './recipients.js';

it('names the cells of the matrix that nobody waits for', () => {
  const leftOut = [{ cell: '7.2.6/x86_64/gcc/kcsan', why: 'is tried weekly' }];
  expect(matrix.notes?.({ leftOut } as never)).toEqual([
    'not asked for: 7.2.6/x86_64/gcc/kcsan: is tried weekly',
  ]);
});

describe('recipients', () => {
  const greg = { name: 'Greg Kroah-Hartman', address: 'gregkh@linuxfoundation.org' };
  const lkml = { name: '', address: 'linux-kernel@vger.kernel.org' };
  const api = { name: '', address: 'linux-api@vger.kernel.org' };
  const facts = {
    maintainers: new Map([
      [
        '0001.patch',
        [
          { ...greg, role: 'maintainer:UIO' },
          { ...lkml, role: 'open list' },
        ],
      ],
      ['0002.patch', [{ ...lkml, role: 'open list' }]],
    ]),
  };
  const uapi = creates('include/uapi/linux/uio_msi.h', 'struct x { __u32 a; };');
  const patches = [{}, { subject: 'uio: more' }];
  const judge = (to: (typeof greg)[], more = {}) => broken(recipients, { patches, to, ...more }, facts);

  it('lets through what goes to all of them, in To: or Cc:', async () => {
    expect(await judge([greg, lkml])).toEqual([]);
    expect(await judge([greg], { cc: [{ name: '', address: 'LINUX-kernel@vger.kernel.org' }] })).toEqual([]);
  });

  it('names who lacks what, and why they should have it', async () => {
    expect(await judge([lkml])).toEqual([
      'gregkh@linuxfoundation.org: Greg Kroah-Hartman <gregkh@linuxfoundation.org> (maintainer:UIO) does not get 0001.patch, cover letter',
    ]);
    expect((await judge([])).map((line) => line.split(':')[0])).toEqual([greg.address, lkml.address]);
    const three = [{}, { subject: 'uio: more' }, { subject: 'uio: most' }];
    const all = new Map(
      ['0001.patch', '0002.patch'].map((file) => [file, [{ ...greg, role: 'maintainer' }]]),
    );
    expect(await broken(recipients, { patches: three, to: [lkml] }, { maintainers: all })).toEqual([
      expect.stringContaining('does not get 3 of the 4 mails'),
    ]);
  });

  it('wants linux-api for what user space sees, and those in Cc: lines, but not stable', async () => {
    const trailers = ['Cc: Rex <rex@kernelhackers.dev>', 'Cc: stable@vger.kernel.org # v6.12'];
    const lacks = await judge([greg, lkml], {
      patches: [{}, { subject: 'uio: more', diff: uapi, trailers }],
    });
    expect(lacks.map((line) => line.split(':')[0])).toEqual([api.address, 'rex@kernelhackers.dev']);
    expect(await judge([greg, lkml, api], { patches: [{}, { subject: 'uio: more', diff: uapi }] })).toEqual(
      [],
    );
  });

  it('does not want the sender, and leaves Linus alone', async () => {
    expect(await judge([lkml], { sender: greg })).toEqual([]);
    const linus = { name: 'Linus', address: 'torvalds@linux-foundation.org' };
    expect(await judge([greg, lkml, linus])).toEqual([`${linus.address}: he takes few patches directly`]);
  });
});

it('checkpatch: every finding counts, with its place', async () => {
  const finding: Finding = {
    tool: 'checkpatch',
    kind: 'LONG_LINE',
    severity: 'check',
    file: 'drivers/uio/uio.c',
    line: 8,
    message: 'line length of 101 exceeds 100 columns',
    patch: '0001.patch',
  };
  const message = {
    ...finding,
    kind: 'MISSING_SIGN_OFF',
    file: '0001.patch',
    line: null,
    message: 'missing',
  };
  expect(await broken(checkpatch, {}, { checkpatch: [] })).toEqual([]);
  const unknown = {
    ...finding,
    kind: 'UNKNOWN_COMMIT_ID',
    message: "Unknown commit id '0c9ae0b86050', maybe",
  };
  expect(await broken(checkpatch, {}, { checkpatch: [unknown, unknown] })).toEqual([
    expect.stringMatching(/^MISS 0c9ae0b86050: .*history$/),
  ]);
  expect(await broken(checkpatch, {}, { checkpatch: [finding, message] })).toEqual([
    '0001.patch: LONG_LINE: line length of 101 exceeds 100 columns (drivers/uio/uio.c:8)',
    '0001.patch: MISSING_SIGN_OFF: missing',
  ]);
});

describe('base', () => {
  const result = (status: PatchResult['status']): PatchResult => ({
    file: '0001.patch',
    subject: '',
    status,
    tree: null,
    rejected: status === 'conflict' ? [{ file: 'a.c', hunk: '@@ -1 +1 @@', reason: 'does not fit' }] : [],
  });
  const judge = (status: PatchResult['status'], cover: string | null = 'For v7.2.6.\n', notes = '') =>
    broken(
      base,
      { patches: [{ notes, diff: adds('a.c', 'v7.2.6') }], cover },
      { applied: { kernel: '7.2.6', patches: [result(status)] } },
    );

  it.each(['clean', 'offset'] as const)('lets through what is %s', async (status) => {
    expect(await judge(status)).toEqual([]);
  });

  it.each(['fuzz', 'three-way', 'already-upstream', 'missing-file', 'not-tried'] as const)(
    'finds what is %s',
    async (status) => {
      expect(await judge(status)).toEqual([`0001.patch: on 7.2.6: ${status}`]);
    },
  );

  it('says where it does not fit', async () => {
    expect(await judge('conflict')).toEqual(['0001.patch: on 7.2.6: conflict, a.c: does not fit']);
  });

  it('wants the base to be named, in the cover letter or below ---', async () => {
    const unnamed = [
      'series: neither the cover letter nor the first patch has base-commit: or says that it is for 7.2.6',
    ];
    expect(await judge('clean', `For v7.2.6.\n\nbase-commit: ${'ab'.repeat(20)}\n`)).toEqual([
      expect.stringMatching(/^MISS base-commit: nothing here says that (?:ab){20} is v7\.2\.6/),
    ]);
    expect(await judge('clean', null, 'Based on 7.2.6.')).toEqual([]);
    expect(await judge('clean', 'For v7.2.61 and 17.2.6.\n')).toEqual(unnamed);
    expect(await judge('clean', 'base-commit: abcdef\n')).toEqual(unnamed);
    expect(await judge('clean', null)).toEqual(unnamed);
  });
});

describe.each([
  ['prefixes', prefixes],
  ['matrix', matrix],
] as const)('%s', (name, rule) => {
  const cell = (stages: readonly (readonly [StageName, Verdict, string | null])[]) =>
    ({
      key: '7.2.6/x86_64/gcc/minimal',
      square: '7.2.6/x86_64/gcc/minimal',
      stages: stages.map(([stage, verdict, reason]) => ({
        stage,
        verdict,
        reason,
        reproduce: './uio-msi check',
      })),
    }) as unknown as MatrixCell;
  const judge = (cells: MatrixCell[]) => broken(rule, {}, { [name]: cells });

  it('lets through cells that are green, also with what had nothing to do', async () => {
    expect(
      await judge([
        cell([
          ['apply', 'PASS', null],
          ['selftest', 'SKIP', 'the series brings none'],
        ]),
      ]),
    ).toEqual([]);
  });

  it('tells a failure from what the machine did and from what never ran', async () => {
    const key = '7.2.6/x86_64/gcc/minimal';
    const judged = ['FAIL', 'ERROR', 'MISS'].map((verdict) =>
      judge([
        cell([
          ['apply', 'PASS', null],
          ['build', verdict as Verdict, 'why'],
          ['boot', 'SKIP', 'build ended'],
        ]),
      ]),
    );
    expect((await Promise.all(judged)).flat()).toEqual([
      `FAIL ${key}: build: why`,
      `ERROR ${key}: build: why`,
      `MISS ${key}: build: why`,
    ]);
  });

  it('is not proved by nothing', async () => {
    expect(await judge([])).toEqual([expect.stringMatching(/^MISS matrix: /)]);
    expect(await judge([cell([['build', 'SKIP', 'left out']])])).toEqual([
      expect.stringMatching(/^MISS .*nothing was judged/),
    ]);
  });
});

it('says of each cell the command that makes or shows it', async () => {
  const cell = (square: string, verdict: Verdict) => {
    const stages = [{ stage: 'build', verdict, reason: null, reproduce: './uio-msi check' }];
    return { square, stages } as unknown as MatrixCell;
  };
  const cells = [cell('a', 'MISS'), cell('b', 'FAIL'), cell('c', 'PASS')];
  const next = (series: object) =>
    matrix
      .check({ series: { name: 'x', ...series } } as Revision, { matrix: cells } as unknown as FactValues)
      .map((breach) => breach.next);
  expect(next({ matrix: { kernels: ['7.2'] } })).toEqual([
    './uio-msi nightly --series x --tier weekly --cells a',
    './uio-msi check',
  ]);
  expect(next({ matrix: { kernels: ['7.2'], 'to-post': 'nightly' } })).toEqual([
    './uio-msi nightly --series x --tier nightly --cells a',
    './uio-msi check',
  ]);
});
