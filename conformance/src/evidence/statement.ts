// SPDX-License-Identifier: MIT
import type { Waiver } from '../profiles/waivers.js';

/** Who says it, and of what: the words of whoever ran the suite. */
export interface Claim {
  readonly product: string;
  readonly vendor: string;
  readonly contact: string;
  readonly profiles: readonly string[];
}

/** The kernel that it ran on. */
export interface KernelFacts {
  readonly release: string;
  /** /proc/version. */
  readonly version: string;
  /** /proc/cmdline. */
  readonly commandLine: string;
  /** /proc/sys/kernel/tainted, before and after. */
  readonly taint: readonly [before: number, after: number];
  /** The mode in brackets in /sys/kernel/security/lockdown; null where there is none. */
  readonly lockdown: string | null;
  /** `enforcing`, `permissive`; null without SELinux. */
  readonly selinux: string | null;
}

/** A module that took part. */
export interface ModuleFacts {
  readonly name: string;
  /** In the kernel's own notes of the module that is loaded; null where it keeps none. */
  readonly buildId: string | null;
  readonly srcversion: string | null;
  readonly version: string | null;
  /** Flags in /sys/module/NAME/taint: O out of tree, E unsigned. */
  readonly taint: string;
  /** What modinfo says of the file that modprobe would load; null where it says nothing. */
  readonly modinfo: Readonly<Record<string, string>> | null;
}

/** A device that was tested. */
export interface DeviceFacts {
  readonly bdf: string;
  /** `vendor:device`. */
  readonly id: string;
  readonly subsystem: string;
  readonly class: string;
  readonly revision: string;
  /** The driver it had, and has again. */
  readonly driver: string | null;
  /** The file that says how it was made to raise its vectors; null where none does: code, or nobody. */
  readonly provoker: string | null;
}

/** What was run, on what, and how. Results are apart from it. */
export interface Statement {
  readonly version: 1;
  readonly claim: Claim;
  readonly suite: string;
  /** A digest of the numbers and structures of the uapi that the suite speaks. */
  readonly uapi: string;
  readonly command: readonly string[];
  readonly started: string;
  readonly ended: string;
  /** `x86_64`, and the processor's name. */
  readonly machine: { readonly arch: string; readonly processor: string; readonly board: string };
  readonly kernel: KernelFacts;
  readonly modules: readonly ModuleFacts[];
  readonly devices: readonly DeviceFacts[];
  readonly waivers: readonly Waiver[];
}
