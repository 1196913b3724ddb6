// SPDX-License-Identifier: MIT

/**
 * _exit(2): ends the process without waiting for its other threads, as process.exit() does. For
 * when one of them is held by the kernel.
 */
export const exitNow = async (code: number): Promise<void> => {
  const { default: koffi } = await import('koffi');
  koffi.load(null).func('void _exit(int status)')(code);
};
