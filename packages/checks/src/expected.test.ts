// SPDX-License-Identifier: MIT
import type { Finding } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { noteExpected } from './expected.js';

const finding: Finding = {
  tool: 'checkpatch',
  kind: 'MISSING_SIGN_OFF',
  severity: 'error',
  file: '1.patch',
  line: null,
  message: 'Missing Signed-off-by: line(s)',
};

it('turns what is expected into a note that says why', () => {
  expect(noteExpected(finding)).toEqual({
    ...finding,
    severity: 'note',
    message: 'Missing Signed-off-by: line(s) (expected: the person who sends the series signs it)',
  });
});

it('leaves other kinds and other tools alone', () => {
  const others = [
    { ...finding, kind: 'NO_AUTHOR_SIGN_OFF' },
    { ...finding, tool: 'sparse' },
  ];
  expect(others.map((other) => noteExpected(other))).toEqual(others);
});
