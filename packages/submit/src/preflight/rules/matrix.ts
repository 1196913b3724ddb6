// SPDX-License-Identifier: MIT
import { notGreen } from '../cells.js';
import { defineRule } from '../rule.js';

export const matrix = defineRule({
  name: 'matrix',
  title:
    'every cell that a night tries is green for exactly this content; weekly and slower tiers are left out',
  source: { file: 'Documentation/process/submit-checklist.rst', section: 'Test your code' },
  next: './uio-msi nightly, or ./uio-msi check with --kernels and --config for some of them',
  needs: ['matrix', 'leftOut'],
  notes: ({ leftOut }) => leftOut.map(({ cell, why }) => `not asked for: ${cell}: ${why}`),
  check: (_, { matrix: cells }) => notGreen(cells, 'the matrix of series.yaml is empty'),
});
