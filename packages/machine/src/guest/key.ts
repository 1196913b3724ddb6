// SPDX-License-Identifier: MIT
import { fileDigest } from '@uio-msi/host';
import type { Arch } from '../arches.js';
import { SPLAT_RULES } from '../console/rules.js';
import type { Machine } from '../machines.js';
import { qemuArguments } from './arguments.js';
import { INIT } from './initrd.js';

/**
 * All that we add to what a guest's outcome depends on, besides its spec: process 1, the command
 * lines of QEMU and kernel with each accelerator, and what counts as a splat. Which accelerator
 * a guest gets is not in it.
 *
 * @returns a JSON value without paths of this machine; another value means another outcome is possible
 */
export const machineKey = async (arch: Arch, machine: Machine): Promise<unknown> => ({
  init: await fileDigest(INIT),
  qemu: arch.qemu,
  arguments: arch.accelerators.map((accelerator) =>
    qemuArguments(
      { arch, machine, image: 'IMAGE' },
      { accelerator, initrd: 'INITRD', console: 'CONSOLE', result: 'RESULT' },
    ),
  ),
  splats: SPLAT_RULES.map(({ kind, first, last }) => [kind, String(first), String(last)]),
});
