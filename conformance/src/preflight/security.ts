// SPDX-License-Identifier: MIT
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Roots } from '../pci/sysfs.js';

const text = (...path: string[]): string => {
  const file = join(...path);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
};

/** The mode in brackets of `none [integrity] confidentiality`, kernel_lockdown(7); null where there is none. */
export const lockdownOf = (roots: Roots): string | null =>
  /\[(\w+)\]/.exec(text(roots.sys, 'kernel/security/lockdown'))?.[1] ?? null;

/** Whether the kernel keeps even root from a device's registers. */
export const isLockedDown = (roots: Roots): boolean => ![null, 'none'].includes(lockdownOf(roots));

const SELINUX: Readonly<Record<string, string>> = { '0': 'permissive', '1': 'enforcing' };

/** Whether SELinux enforces; null without it. */
export const selinuxOf = (roots: Roots): string | null =>
  SELINUX[text(roots.sys, 'fs/selinux/enforce')] ?? null;

/** What may stand behind the kernel's refusal of something that root is allowed; empty when nothing is known. */
export const behindRefusal = (code: string, roots: Roots): string => {
  if (code === 'EACCES' && selinuxOf(roots) === 'enforcing')
    return '. SELinux is enforcing: ausearch -m avc -ts recent tells whether it was that, and setenforce 0 tries without';
  if (code === 'EPERM' && isLockedDown(roots))
    return `. The kernel is locked down (${lockdownOf(roots)}), as with Secure Boot: it refuses this to root too`;
  if (code === 'ENODEV') return '. The device is gone, or its driver did not take it: dmesg says which';
  return '';
};
