// SPDX-License-Identifier: MIT
import type { Finding } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { againstBase } from './against-base.js';

const finding = (message: string, line: number): Finding => ({
  ...{ tool: 'sparse', kind: 'warning', severity: 'warning', file: 'a.c' },
  ...{ line, message },
});

it('tells what a series brings and what it fixes, wherever the rest is now', () => {
  const before = [finding('stays', 1), finding('goes', 2)];
  const found = [finding('stays', 7), finding('comes', 8)];
  expect(againstBase(found, before)).toEqual({
    brought: [finding('comes', 8)],
    fixed: [finding('goes', 2)],
  });
});
