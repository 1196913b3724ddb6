// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { type Finding, findingIdentity } from './finding.js';

const finding: Finding = {
  tool: 'checkpatch',
  kind: 'LONG_LINE',
  severity: 'check',
  file: 'drivers/uio/uio_msi.c',
  line: 10,
  message: 'too long',
};

it('knows a finding again when it has moved', () => {
  expect(findingIdentity({ ...finding, line: 99 })).toBe(findingIdentity(finding));
});

it('tells findings apart by tool, kind, file and message', () => {
  const others = [{ tool: 'gcc' }, { kind: 'X' }, { file: 'other.c' }, { message: 'other' }].map((change) =>
    findingIdentity({ ...finding, ...change }),
  );
  expect(new Set([findingIdentity(finding), ...others]).size).toBe(5);
});
