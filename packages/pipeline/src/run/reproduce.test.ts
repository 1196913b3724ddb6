// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { fakeCell } from '../../test/fake-cell.js';
import { reproduce } from './reproduce.js';

const cell = fakeCell();
const inFolder = (dir: string) => ({ ...cell, series: { ...cell.series, dir } });
const OPTIONS = '--kernels 9.1.0 --toolchain gcc-12 --config minimal --stages build --again';

it('names a series of patches/, and the folder of any other', () => {
  expect(reproduce(inFolder('/x/patches/tiny'), 'build')).toBe(`./uio-msi check --series tiny ${OPTIONS}`);
  expect(reproduce(inFolder('/x/my broken/tiny'), 'build')).toBe(
    `./uio-msi check --series '/x/my broken/tiny' ${OPTIONS}`,
  );
});

it('keeps the options of every command', () => {
  expect(reproduce(inFolder('/x/patches/tiny'), 'build', ['--state', '/big disk'])).toBe(
    `./uio-msi check --state '/big disk' --series tiny ${OPTIONS}`,
  );
});

it('names machines that were chosen', () => {
  expect(reproduce({ ...inFolder('/x/patches/tiny'), machines: ['a', 'b'] }, 'build')).toBe(
    './uio-msi check --series tiny --kernels 9.1.0 --toolchain gcc-12 --config minimal --machines a,b --stages build --again',
  );
});

it('names the prefix of a cell that has one', () => {
  const first = { ...inFolder('/x/patches/tiny'), cell: { ...cell.cell, prefix: 3 } };
  expect(reproduce(first, 'build')).toBe(
    `./uio-msi bisectable --series tiny ${OPTIONS.replace('--stages', '--prefix 3 --stages')}`,
  );
});

it('names the depth of what the suite did', () => {
  expect(reproduce({ ...inFolder('/x/patches/tiny'), depth: 'quick' }, 'conform')).toMatch(
    / --depth quick --stages conform --again$/,
  );
});
