// SPDX-License-Identifier: MIT
import type { DeviceModel } from './device.js';
import { registerProvoker } from './register-provoker.js';

/**
 * QEMU's switch: 4 vectors and 2 for each port. A vector number written to TEST_IRQ raises it:
 * docs/specs/rocker.txt, "Test Registers".
 */
export const rocker: DeviceModel = {
  name: 'rocker',
  ids: ['1b36:0006'],
  provoker: registerProvoker({
    bar: 0,
    raise: [{ offset: 0x20, value: 'vec' }],
  }),
};
