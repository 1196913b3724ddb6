// SPDX-License-Identifier: MIT
import type { Finding } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { cell, run, stage } from '../../testing/sample.js';
import { renderUnusedWaivers } from './waivers.js';

const unused: Finding = {
  ...{ tool: 'waivers', kind: 'unused', severity: 'note', file: 'series.yaml', line: null },
  message: 'the waiver of sparse (why) fits nothing',
};

it('says of each waiver that fits nothing in how many cells, once', () => {
  const cells = [
    cell('PASS', [stage('check'), stage('inspect', { findings: [unused] })]),
    cell('PASS', [stage('inspect', { findings: [unused, { ...unused, kind: 'expired', message: 'old' }] })]),
    cell('PASS', [stage('inspect')]),
  ];
  expect(renderUnusedWaivers(run('PASS', cells))).toEqual([
    'series.yaml: the waiver of sparse (why) fits nothing in 2 of 3 cells',
  ]);
});
