// SPDX-License-Identifier: MIT

/** Text as a value in QEMU's option syntax: a comma is written twice (qemu(1), "-drive"). */
export const optionValue = (text: string): string => text.replaceAll(',', ',,');
