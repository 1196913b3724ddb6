// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { broken } from '../../../testing/revision.js';
import { subject } from './subject.js';

it.each([
  'uio: add an ioctl operation',
  'PM / OPP: Reorganize _generic_set_opp_regulator()',
  'selftests: uio: exercise uio_msi',
  'drm/i915/gt: Process the needed addresses',
  'net: phy: dp83869: fix status reporting of speeds',
  'uio: use embedded locks...',
  'test: Add some lorem ipsum',
  'ARM: dts: stm32: address a typo',
  `uio: ${'x'.repeat(70)}`,
])('lets through: %s', async (text) => {
  expect(await broken(subject, { patches: [{ subject: text }] })).toEqual([]);
});

it.each([
  ['uio: Added an ioctl operation', 'is no imperative'],
  ['uio: adds an ioctl', 'is no imperative'],
  ['uio: fixing locks', 'is no imperative'],
  ['uio: removes it', 'is no imperative'],
  ['uio: This patch locks', 'is no imperative'],
  ['uio: stopped; I changed it', null],
  ['uio: lock the minor numbers.', 'ends with a dot'],
  ['Fix the driver', 'names no subsystem: it should read "area: what is done"'],
  [
    'when it is opened twice the second one fails: fix it',
    'names no subsystem: it should read "area: what is done"',
  ],
  ['uio: drivers/uio/uio.c', 'is the name of a file'],
  [`uio: ${'x'.repeat(71)}`, 'is longer than 75 columns'],
])('judges: %s', async (text, what) => {
  expect(await broken(subject, { patches: [{ subject: text }] })).toEqual(
    what === null ? [] : [`0001.patch: "${text}" ${what}`],
  );
});

it('does not let two patches say the same', async () => {
  const patches = [{ subject: 'uio: fix locking' }, { subject: 'vfio: fix locking' }];
  expect(await broken(subject, { patches })).toEqual([
    '0002.patch: "vfio: fix locking" says the same as another patch',
  ]);
});
