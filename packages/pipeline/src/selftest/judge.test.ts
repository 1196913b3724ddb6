// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { judgeSelftests, selftestCases } from './judge.js';
import { addRun, selftestRun } from './records.js';

const device = { device: 'rocker', vectors: 66 };
const GOOD = 'TAP version 13\n1..2\nok 1 uio_msi.info\nok 2 uio_msi.raw # SKIP safe mode\n';
const BAD = 'TAP version 13\n1..1\n# uio_msi.c:77:mask:Expected 0 (0) == ret (-1)\nnot ok 1 uio_msi.mask\n';
const casesOf = (code: number | null, output: string) =>
  selftestCases({ program: 'uio_msi', id: '1b36:0006', code, output }, device, 'the kernel panicked').map(
    ({ id, verdict, message }) => [id, verdict, message],
  );

it('makes a case of each test, with its reason', () => {
  expect(casesOf(0, GOOD)).toEqual([
    ['uio_msi.info', 'PASS', null],
    ['uio_msi.raw', 'SKIP', 'safe mode'],
  ]);
  expect(casesOf(1, BAD)).toEqual([['uio_msi.mask', 'FAIL', 'uio_msi.c:77:mask:Expected 0 (0) == ret (-1)']]);
});

it('says of a test that was ended how', () => {
  const late = 'TAP version 13\n1..1\n# mask: Test terminated by timeout\nnot ok 1 uio_msi.mask\n';
  expect(casesOf(1, late)).toEqual([['uio_msi.mask', 'FAIL', 'mask: Test terminated by timeout']]);
});

it('is skipped when the program says so', () => {
  expect(casesOf(4, 'TAP version 13\n1..0 # SKIP no device is bound\n')).toEqual([
    ['uio_msi', 'SKIP', 'no device is bound'],
  ]);
});

it.each([
  ['was cut off', null, GOOD.slice(0, 40), 'it never ended: the kernel panicked'],
  ['was killed', 137, GOOD, 'it was killed, or did not end in time'],
  ['gave up', 1, `${GOOD}Bail out! no memory`, 'it gave up: no memory'],
  ['crashed at once', 139, 'Segmentation fault', 'it ended with 139 and wrote no plan'],
  ['lost a result', 0, GOOD.replace('1..2', '1..3'), 'it gave 2 of 3 results'],
  ['ends with a code of its own', 1, GOOD, 'it ended with 1, though no test failed'],
  ['calls itself skipped after a pass', 4, GOOD, 'it ended with 4, though no test failed'],
])('never passes a program that %s', (_, code, output, message) => {
  expect(casesOf(code, output)).toContainEqual(['uio_msi', 'FAIL', message]);
});

it('names the test that was running when a program was cut off, and where the kernel holds it', () => {
  const begun = `${GOOD.replace('1..2', '1..3')}#  RUN           uio_msi.wait ...\n`;
  expect(casesOf(137, begun)).toContainEqual([
    'uio_msi.wait',
    'FAIL',
    'it was killed, or did not end in time',
  ]);
  const stacks = '# stuck in uio_msi_wait+0x10/0x20 [uio_msi]\n# stuck in uio_ioctl+0x5/0x9\n';
  expect(casesOf(137, begun + stacks)).toContainEqual([
    'uio_msi.wait',
    'FAIL',
    'the kernel does not let go of it: uio_msi_wait+0x10/0x20 < uio_ioctl+0x5/0x9',
  ]);
  expect(casesOf(null, '#  RUN           uio_msi.set ...\n')).toEqual([
    ['uio_msi.set', 'FAIL', 'it never ended: the kernel panicked'],
  ]);
});

it('reads the records of a guest', () => {
  const test = selftestRun({
    type: 'selftest-test',
    program: 'uio_msi',
    id: '1b36:0006',
    test: 'uio_msi.set',
  });
  expect(test).toMatchObject({ code: null, output: '#  RUN           uio_msi.set ...\n' });
  const start = selftestRun({ type: 'selftest-start', program: 'uio_msi', id: '1b36:0006' });
  const output = Buffer.from(GOOD).toString('base64');
  const end = selftestRun({ type: 'selftest', program: 'uio_msi', id: '1b36:0006', code: 0, output });
  expect(end?.output).toBe(GOOD);
  const runs = [start, test, end].reduce(
    (all, run) => (run ? addRun(all, run) : all),
    [] as readonly (typeof start & {})[],
  );
  expect(runs).toEqual([end]);
  expect(selftestRun({ type: 'case', id: 'x' })).toBeNull();
  expect(selftestRun({ type: 'selftest', program: 'a b', id: 'x', code: 0, output: '' })).toBeNull();
});

it('judges all together: a failure is one, and a device on which nothing passed was not tested', () => {
  const cases = (code: number, output: string) =>
    selftestCases({ program: 'uio_msi', id: '1b36:0006', code, output }, device, '');
  expect(judgeSelftests(cases(0, GOOD), [device], ['uio_msi'])).toEqual({ verdict: 'PASS', reason: null });
  expect(judgeSelftests([...cases(0, GOOD), ...cases(1, BAD)], [device], ['uio_msi'])).toEqual({
    verdict: 'FAIL',
    reason: 'uio_msi.mask on rocker: uio_msi.c:77:mask:Expected 0 (0) == ret (-1)',
  });
  expect(judgeSelftests(cases(4, '1..0 # SKIP no device\n'), [device], ['uio_msi'])).toEqual({
    verdict: 'MISS',
    reason: 'nothing of uio_msi passed on rocker: no device',
  });
  expect(judgeSelftests([], [device], ['uio_msi']).verdict).toBe('MISS');
});

it('misses a program of which nothing came, and a device with as many vectors as no other', () => {
  const run = { program: 'uio_msi', id: '1b36:0006', code: 0, output: GOOD };
  const cases = selftestCases(run, device, '');
  expect(judgeSelftests(cases, [device], ['uio_msi', 'uio'])).toEqual({
    verdict: 'MISS',
    reason: 'nothing of uio passed on rocker: no result came',
  });
  const smaller = { ...device, vectors: 4 };
  expect(judgeSelftests(cases, [device, smaller], ['uio_msi']).verdict).toBe('MISS');
});
