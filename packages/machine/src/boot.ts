// SPDX-License-Identifier: MIT
import type { Accelerator, Arch } from './arches.js';

const DEFAULT_CPUS = 2;
const DEFAULT_MEMORY = 1024;

/** A kernel and the bare machine that boots it. */
export interface Boot {
  readonly arch: Arch;
  /** The kernel's bootable image. */
  readonly image: string;
  /** Default 2. */
  readonly cpus?: number;
  /** MiB; default 1024. */
  readonly memory?: number;
  /** Kernel command line, besides the architecture's. */
  readonly kernelArguments?: readonly string[];
}

/** The kernel's command line: a panic ends the guest at once, and warnings reach the console. */
const commandLine = ({ arch, kernelArguments = [] }: Boot): string =>
  [`console=${arch.console}`, 'panic=-1', ...arch.kernelArguments, ...kernelArguments].join(' ');

/** QEMU's arguments for booting a kernel: no defaults, no network, no files but its image. */
export const bootArguments = (boot: Boot, accelerator: Accelerator): string[] => [
  ...boot.arch.machine,
  ...accelerator.arguments,
  ...['-smp', String(boot.cpus ?? DEFAULT_CPUS), '-m', String(boot.memory ?? DEFAULT_MEMORY)],
  ...['-no-user-config', '-nodefaults', '-display', 'none', '-nic', 'none', '-no-reboot'],
  ...['-kernel', boot.image, '-append', commandLine(boot)],
];
