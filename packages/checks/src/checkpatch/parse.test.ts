// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { parseReport } from './parse.js';

// Lines that Linux 7.2's checkpatch.pl printed.
it.each([
  [
    'drivers/uio/uio.c:3: ERROR:TRAILING_WHITESPACE: trailing whitespace',
    {
      kind: 'TRAILING_WHITESPACE',
      severity: 'error',
      file: 'drivers/uio/uio.c',
      line: 3,
      message: 'trailing whitespace',
    },
  ],
  [
    'drivers/uio/uio.c:7: CHECK:CAMELCASE: Avoid CamelCase: <FooBar>',
    {
      kind: 'CAMELCASE',
      severity: 'check',
      file: 'drivers/uio/uio.c',
      line: 7,
      message: 'Avoid CamelCase: <FooBar>',
    },
  ],
  [
    ":1: WARNING:TYPO_SPELLING: 'adress' may be misspelled - perhaps 'address'?",
    {
      kind: 'TYPO_SPELLING',
      severity: 'warning',
      file: '1.patch',
      line: null,
      message: "'adress' may be misspelled - perhaps 'address'?",
    },
  ],
  [
    'include/linux/uio_driver.h:125: ERROR:MISSING_SIGN_OFF: Missing Signed-off-by: line(s)',
    {
      kind: 'MISSING_SIGN_OFF',
      severity: 'error',
      file: '1.patch',
      line: null,
      message: 'Missing Signed-off-by: line(s)',
    },
  ],
  [
    'drivers/uio/new.c:8: WARNING:FILE_PATH_CHANGES: added, moved or deleted file(s), does MAINTAINERS need updating?',
    {
      kind: 'FILE_PATH_CHANGES',
      severity: 'warning',
      file: 'drivers/uio/new.c',
      line: null,
      message: 'added, moved or deleted file(s), does MAINTAINERS need updating?',
    },
  ],
])('reads %s', (line, finding) => {
  expect(parseReport('1.patch', line)).toEqual({ tool: 'checkpatch', patch: '1.patch', ...finding });
});

it.each(['', '+\tx=1;', 'NOTE: Whitespace errors detected.', 'drivers/uio/uio.c:3: INFO:X: y'])(
  'takes %j for no report',
  (line) => {
    expect(parseReport('1.patch', line)).toBeNull();
  },
);
