// SPDX-License-Identifier: MIT
import type { StageName } from '@uio-msi/model';
import type { PlannedCell } from '@uio-msi/pipeline';
import { expect, it } from 'vitest';
import { secondsOf } from './outlook.js';

const cell = (folder: string, ...left: StageName[]) => ({ planned: { folder } as PlannedCell, left });
const times = { of: (stage: StageName) => ({ base: 100, build: 10 })[stage as string] ?? null };

it('counts the tree without the series once for what shares a folder', () => {
  const cells = [
    cell('minimal', 'build'),
    cell('minimal', 'base', 'build'),
    cell('minimal', 'base', 'build'),
    cell('debug', 'base'),
    cell('debug', 'base', 'boot'),
    cell('debug'),
  ];
  expect(secondsOf(cells, times)).toEqual([10, 110, 10, 100, null, 0]);
});
