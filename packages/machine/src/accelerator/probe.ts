// SPDX-License-Identifier: MIT
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { run } from '@uio-msi/host';
import type { Accelerator } from '../arches.js';
import { type Boot, bootArguments } from '../boot.js';
import type { Context } from '../context.js';

// A working KVM gets there in about a second; one that hangs never does.
const PROBE_SECONDS = 5;

// How a kernel without a root ends, once it has done all else: init/main.c, init/do_mounts.c.
const NO_ROOT = /Kernel panic - not syncing: (?:No working init found|VFS: Unable to mount root fs)/;

/**
 * Whether an accelerator really runs a kernel: boots it without an initramfs, until it panics for
 * want of one. That the device node is there and opens says nothing, and neither does a guest of
 * a few instructions: nested KVM may run those and hang every kernel.
 *
 * @param seconds the time limit
 */
export const accelerates = async (
  boot: Boot,
  accelerator: Accelerator,
  ctx: Context,
  seconds = PROBE_SECONDS,
): Promise<boolean> => {
  if (accelerator.device !== null && !(await canUse(accelerator.device))) return false;
  const { exitCode, stdout } = await run(
    boot.arch.qemu,
    [...bootArguments(boot, accelerator), '-serial', 'stdio'],
    { timeoutSeconds: seconds, signal: ctx.signal },
  );
  return exitCode === 0 && NO_ROOT.test(stdout);
};

const canUse = (device: string): Promise<boolean> =>
  access(device, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
