// SPDX-License-Identifier: MIT
import type { DeviceModel } from './device.js';
import { registerProvoker } from './register-provoker.js';

const RAISE = 0x60;
const ACKNOWLEDGE = 0x64;

/**
 * QEMU's educational device: one vector of MSI, or its line. What is written to RAISE becomes its
 * interrupt status, and is gone when it is written to ACKNOWLEDGE: docs/specs/edu.txt.
 */
export const edu: DeviceModel = {
  name: 'edu',
  ids: ['1234:11e8'],
  line: true,
  provoker: registerProvoker({
    bar: 0,
    raise: [{ offset: RAISE, value: '1' }],
    acknowledge: [{ offset: ACKNOWLEDGE, value: '0xffffffff' }],
    quiesce: [{ offset: ACKNOWLEDGE, value: '0xffffffff' }],
  }),
};
