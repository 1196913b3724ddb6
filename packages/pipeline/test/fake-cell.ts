// SPDX-License-Identifier: MIT
import { Written } from '@uio-msi/host';
import { STANDARD_MACHINES } from '@uio-msi/machine';
import type { PlannedCell } from '../src/plan/plan.js';

const cell = {
  series: 'tiny',
  revision: 'v1',
  line: '9.1',
  kernel: '9.1.0',
  arch: 'x86_64',
  toolchain: 'gcc-12',
  config: 'minimal',
};

/** A cell for stages that look at nothing but its names. */
export const fakeCell = (kernel = cell.kernel): PlannedCell => ({
  cell: { ...cell, kernel },
  key: `${kernel}-x86_64-gcc-12-minimal`,
  folder: `${kernel}-x86_64-gcc-12-minimal`,
  kernel: { line: '9.1', version: kernel, sources: [] },
  series: {
    name: 'tiny',
    revision: 'v1',
    changeId: '',
    subject: '',
    prefix: 'PATCH',
    base: '9.1',
    baseCommit: null,
    prerequisites: [],
    to: [],
    cc: [],
    patches: [],
    variants: [],
    config: [],
    modules: [],
    selftests: [],
    matrix: { kernels: ['9.1'], tiers: { check: [{}], nightly: [], weekly: [] }, exclude: [] },
    dir: '/nowhere/patches/tiny',
  },
  under: [],
  prerequisites: [],
  patches: [],
  patchKeys: new Written([]),
  stale: [],
  modules: [],
  selftests: [],
  toolchain: { name: 'gcc-12', version: '12.2.0', command: 'gcc', suffix: '', prefix: '', family: 'gcc' },
  fragments: [],
  machines: STANDARD_MACHINES,
  demands: { memory: 1024, patience: 1 },
  depth: 'standard',
  stages: null,
  touches: { changed: [], added: new Set() },
  waivers: [],
  missing: null,
});
