// SPDX-License-Identifier: MIT
import { notGreen } from '../cells.js';
import { defineRule } from '../rule.js';

export const prefixes = defineRule({
  name: 'prefixes',
  title: 'the kernel builds and boots after every patch of the series',
  source: { file: 'Documentation/process/submitting-patches.rst', section: 'Separate your changes' },
  next: './uio-msi bisectable',
  needs: ['prefixes'],
  check: (_, { prefixes: cells }) => notGreen(cells, 'the series has no prefix'),
});
