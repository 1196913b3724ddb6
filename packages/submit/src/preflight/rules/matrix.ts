// SPDX-License-Identifier: MIT
import { notGreen } from '../cells.js';
import { defineRule } from '../rule.js';
import { tierToPost } from '../tier.js';

export const matrix = defineRule({
  name: 'matrix',
  title:
    'every cell of the matrix, or of the tier that it names in to-post, is green for exactly this content',
  source: { file: 'Documentation/process/submit-checklist.rst', section: 'Test your code' },
  next: './uio-msi nightly --tier weekly makes what is missing; what is known is not done again',
  listAll: true,
  needs: ['matrix', 'leftOut'],
  notes: ({ leftOut }) => leftOut.map(({ cell, why }) => `not asked for: ${cell}: ${why}`),
  check: ({ series }, { matrix: cells }) => {
    const command = `./uio-msi nightly --series ${series.name} --tier ${tierToPost(series)}`;
    return notGreen(
      cells.map(({ square, stages }) => ({ where: square, make: `${command} --cells ${square}`, stages })),
      { where: 'matrix', what: 'the matrix of series.yaml is empty', make: command },
    );
  },
});
