// SPDX-License-Identifier: MIT
import type { DeviceModel } from './device.js';
import { type RegisterWrite, registerProvoker } from './register-provoker.js';

const CTRL_EXT = 0x18;
const ICR = 0xc0;
const ICS = 0xc8;
const IMS = 0xd0;
const IMC = 0xd8;
const IVAR = 0xe4;

/** CTRL_EXT bit 29: a write of all causes to IMS ends the throttling timers. */
const INT_TIMERS_CLEAR_ENA = '1 << 29';

/**
 * Takes back all causes and ends the timers that keep interrupts of a vector apart (EITR), with
 * every cause unmasked for the moment that this needs. Without it a second raise within 128 us
 * comes late; and QEMU's model then repeats it with each one that follows, and ends QEMU when
 * MSI-X is switched off while a timer runs (hw/net/e1000e_core.c, e1000e_set_ims,
 * e1000e_intrmgr_on_msix_throttling_timer).
 */
const CLEAR: readonly RegisterWrite[] = [
  { offset: ICR, value: '0xffffffff' },
  { offset: IMS, value: '0xffffffff' },
];

/**
 * Intel 82574L: 5 vectors, for two receive and two transmit queues and everything else. Causes
 * are bits 20 to 24 of the interrupt registers; IVAR gives each its vector, a nibble each of
 * valid bit and number. 82574 datasheet, 10.2.4 "Interrupt Register Descriptions".
 */
export const e1000e: DeviceModel = {
  name: 'e1000e',
  ids: ['8086:10d3'],
  provoker: registerProvoker({
    bar: 0,
    setUp: [
      { offset: IVAR, value: '0xcba98' },
      { offset: CTRL_EXT, value: INT_TIMERS_CLEAR_ENA },
    ],
    raise: [{ offset: ICS, value: '1 << (20 + vec)' }],
    acknowledge: [...CLEAR, { offset: IMC, value: '0xffffffff ^ (0x1f << 20)' }],
    quiesce: [...CLEAR, { offset: IMC, value: '0xffffffff' }],
  }),
};
