// SPDX-License-Identifier: MIT
import { loadKoffi } from './koffi.js';

/**
 * _exit(2): ends the process without waiting for its other threads, as process.exit() does. For
 * when one of them is held by the kernel.
 */
export const exitNow = (code: number): void => {
  loadKoffi().load(null).func('void _exit(int status)')(code);
};
