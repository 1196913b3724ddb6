// SPDX-License-Identifier: MIT

// Not built by kbuild for the kernel.
const ELSEWHERE = /^(tools|scripts|samples|usr|Documentation)\//;

/** Whether a path of a kernel tree is of the kernel itself, and not of what is beside it. Pure. */
export const isKernelSource = (path: string): boolean => !ELSEWHERE.test(path);
