// SPDX-License-Identifier: MIT
import type { Change } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { renderChanges } from './changes.js';

const change = (kind: Change['kind'], title: string, config = 'minimal'): Change => ({
  kind,
  cell: {
    ...{ series: 'tiny', revision: 'v1', line: '9.1', kernel: '9.1.0', arch: 'x86_64' },
    ...{ toolchain: 'gcc-12', config },
  },
  stage: 'conform',
  subject: { type: 'whole' },
  title,
  before: 'PASS',
  after: 'FAIL',
  reason: 'got 3 of 4',
  fingerprint: title,
});

it('tells one change of several cells once, and counts the kinds', () => {
  const changes = [
    change('regression', 'irq.replace', 'minimal'),
    change('regression', 'irq.replace', 'debug'),
    change('fixed', 'conform'),
    change('appeared', 'new.case'),
  ];
  expect(renderChanges({ before: '20261121T081500Z-0001', after: 'x', changes })).toBe(
    [
      'regression    conform: irq.replace (got 3 of 4)',
      '              in 9.1.0-x86_64-gcc-12-minimal, 9.1.0-x86_64-gcc-12-debug',
      'fixed         conform (got 3 of 4)',
      '              in 9.1.0-x86_64-gcc-12-minimal',
      'compared with 20261121T081500Z-0001: 1 regression, 1 fixed, 1 appeared',
    ].join('\n'),
  );
});

it('says so when nothing changed, and lets no control character through', () => {
  expect(renderChanges({ before: 'b', after: 'a', changes: [] })).toBe('compared with b: nothing changed');
  const text = renderChanges({ before: null, after: 'a', changes: [change('fixed', 'x\u001b[2J')] });
  expect(text).not.toContain('\u001b');
});
