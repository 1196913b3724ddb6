// SPDX-License-Identifier: MIT
import { notGreen } from '../cells.js';
import { defineRule } from '../rule.js';

export const prefixes = defineRule({
  name: 'prefixes',
  title: 'the kernel builds and boots after every patch of the series',
  source: { file: 'Documentation/process/submitting-patches.rst', section: 'Separate your changes' },
  next: './uio-msi bisectable',
  listAll: true,
  needs: ['prefixes'],
  check: ({ series }, { prefixes: cells }) => {
    const make = `./uio-msi bisectable --series ${series.name}`;
    return notGreen(
      cells.map(({ key, stages }) => ({ where: key, make, stages })),
      { where: 'matrix', what: 'the series has no prefix', make },
    );
  },
});
