// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { whyLeftOut } from './left-out.js';

const matrix = {
  kernels: ['7.2', '6.6', '5.10'],
  tiers: { check: [], nightly: [], weekly: [] },
  exclude: [
    { configs: ['rt'], before: '6.12', why: 'came with 6.12' },
    { arches: ['arm64'], before: '6.1', why: 'nobody has one' },
    { toolchains: ['clang-19'], from: '7.2', why: 'too old' },
    { from: '6.2', before: '6.6', why: 'not ported' },
    { before: '5.10', why: 'never tried' },
    { kernels: ['7.2'], from: '7.1', why: 'only one of them' },
  ],
};

it.each([
  ['next', null],
  ['7.3', null],
  ['7.2', 'only one of them'],
  ['7.1', null],
  ['6.10', null],
  ['6.6', null],
  ['6.5', 'not ported'],
  ['6.2', 'not ported'],
  ['6.1', null],
  ['5.10', null],
  ['5.4', 'never tried'],
  ['4.19', 'never tried'],
])('of a line as a whole: %s', (line, why) => {
  expect(whyLeftOut({ matrix }, line)).toBe(why);
});
