// SPDX-License-Identifier: MIT
import type { DeviceModel } from './device.js';
import { registerProvoker } from './register-provoker.js';

const ICR = 0xc0;
const ICS = 0xc8;
const IMS = 0xd0;
const IMC = 0xd8;

/** Link status change: nothing but the interrupt comes of it. */
const CAUSE = '1 << 2';
const EVERY_CAUSE = '0xffffffff';

/**
 * Intel 8254x: one interrupt line, for the causes that are both in ICR and in IMS. A write to ICR
 * takes causes back: 8254x Software Developer's Manual, 13.4.17 to 13.4.21.
 */
export const e1000: DeviceModel = {
  name: 'e1000',
  ids: ['8086:100e', '8086:1008', '8086:100f'],
  line: true,
  provoker: registerProvoker({
    bar: 0,
    setUp: [
      { offset: IMC, value: EVERY_CAUSE },
      { offset: IMS, value: CAUSE },
    ],
    raise: [{ offset: ICS, value: CAUSE }],
    acknowledge: [{ offset: ICR, value: EVERY_CAUSE }],
    quiesce: [
      { offset: IMC, value: EVERY_CAUSE },
      { offset: ICR, value: EVERY_CAUSE },
    ],
  }),
};
