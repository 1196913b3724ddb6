// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { askedOf } from './driver.js';

const WANTED = new Set(['boot', 'conform'] as const);

it('asks for the suite where the driver is', () => {
  expect(askedOf({ modules: ['drivers/uio/uio.ko', 'drivers/uio/uio_msi.ko'] }, WANTED)).toEqual(WANTED);
});

it('asks for no suite where the series has another driver, or none', () => {
  expect(askedOf({ modules: ['drivers/uio/uio.ko'] }, WANTED)).toEqual(new Set(['boot']));
  expect(askedOf({ modules: [] }, WANTED)).toEqual(new Set(['boot']));
});
