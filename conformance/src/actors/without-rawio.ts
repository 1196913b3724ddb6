// SPDX-License-Identifier: MIT
import { CAP_SYS_RAWIO, O_RDWR } from '../sys/constants.js';
import { createLinuxSys } from '../sys/linux.js';
import { sayAndStay } from './say.js';

/** A second process that is root in everything but CAP_SYS_RAWIO, and opens the device. */
export const withoutRawIo = (node: string): void =>
  sayAndStay(() => {
    const sys = createLinuxSys();
    sys.dropCapability(CAP_SYS_RAWIO);
    sys.open(node, O_RDWR);
  });
