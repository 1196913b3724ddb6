// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { parseKtap } from './ktap.js';

// As kselftest_harness.h writes it.
const OUTPUT = `TAP version 13
1..4
# Starting 4 tests from 2 test cases.
#  RUN           uio_msi.set ...
#            OK  uio_msi.set
ok 1 uio_msi.set
#  RUN           uio_msi.mask ...
# uio_msi_test.c:77:mask:Expected 0 (0) == ret (-1)
# mask: Test terminated by assertion
#          FAIL  uio_msi.mask
not ok 2 uio_msi.mask
#  RUN           uio_msi.raw ...
#      SKIP      raw access is off
#            OK  uio_msi.raw
ok 3 uio_msi.raw # SKIP raw access is off
ok 4 uio_msi.late # XFAIL known
# FAILED: 3 / 4 tests passed.
# Totals: pass:1 fail:1 xfail:1 xpass:0 skip:1 error:0
`;

it('reads plan, results, reasons and what was said of each', () => {
  const { planned, bailOut, results } = parseKtap(OUTPUT);
  expect([planned, bailOut]).toEqual([4, null]);
  expect(results.map(({ name, verdict, reason }) => [name, verdict, reason])).toEqual([
    ['uio_msi.set', 'PASS', null],
    ['uio_msi.mask', 'FAIL', null],
    ['uio_msi.raw', 'SKIP', 'raw access is off'],
    ['uio_msi.late', 'SKIP', 'known'],
  ]);
  expect(results[1]?.said).toContain('uio_msi_test.c:77:mask:Expected 0 (0) == ret (-1)');
  expect(results[1]?.said).not.toContain(' RUN           uio_msi.raw ...');
});

it('takes a plan of nothing, a program that gave up, and no KTAP at all for what they are', () => {
  expect(parseKtap('TAP version 13\n1..0 # SKIP no device\n')).toEqual({
    planned: 0,
    skipped: 'no device',
    results: [],
    running: null,
    bailOut: null,
  });
  expect(parseKtap('1..3\nok 1 a\nBail out! /dev/uio0 is gone\n')).toMatchObject({
    planned: 3,
    bailOut: '/dev/uio0 is gone',
  });
  expect(parseKtap('Segmentation fault\n')).toEqual({
    planned: null,
    skipped: null,
    results: [],
    running: null,
    bailOut: null,
  });
});

it('does not count the tests within a test', () => {
  const text = 'KTAP version 1\n1..1\n  # Subtest: a\n  1..1\n  not ok 1 inner\nok 1 a\n';
  expect(parseKtap(text).results.map(({ name, verdict }) => [name, verdict])).toEqual([['a', 'PASS']]);
});

it('knows the test that was running when the output ends', () => {
  const begun = OUTPUT.slice(0, OUTPUT.indexOf('# uio_msi_test.c'));
  expect(parseKtap(begun).running).toBe('uio_msi.mask');
  expect(parseKtap(OUTPUT).running).toBeNull();
});
