// SPDX-License-Identifier: MIT
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { arch, cpus, release } from 'node:os';
import { join } from 'node:path';
import type { Bdf } from '../pci/address.js';
import { deviceFolder, type Roots, readBinding } from '../pci/sysfs.js';
import { lockdownOf, selinuxOf } from '../preflight/security.js';
import { DRIVER } from '../uapi/uio-msi.js';
import type { DeviceFacts, KernelFacts, ModuleFacts, Statement } from './statement.js';

const text = (...path: string[]): string | null => {
  const file = join(...path);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
};

export const taintOf = (roots: Roots): number => Number(text(roots.proc, 'sys/kernel/tainted'));

/** What there is to say of the kernel now. */
export const kernelFacts = (roots: Roots, taintBefore: number): KernelFacts => ({
  release: release(),
  version: text(roots.proc, 'version') ?? '',
  commandLine: text(roots.proc, 'cmdline') ?? '',
  taint: [taintBefore, taintOf(roots)],
  lockdown: lockdownOf(roots),
  selinux: selinuxOf(roots),
});

/** The driver, and the core below it. */
const MODULES = [DRIVER, 'uio'];

export const moduleFacts = (roots: Roots): readonly ModuleFacts[] =>
  MODULES.filter((name) => existsSync(join(roots.sys, 'module', name))).map((name) => ({
    name,
    buildId: buildIdOf(join(roots.sys, 'module', name, 'notes/.note.gnu.build-id')),
    srcversion: text(roots.sys, 'module', name, 'srcversion'),
    version: text(roots.sys, 'module', name, 'version'),
    taint: text(roots.sys, 'module', name, 'taint') ?? '',
    modinfo: modinfoOf(name),
  }));

/** An ELF note: sizes of name and content, type, name ("GNU", padded), content. elf(5). */
const buildIdOf = (file: string): string | null => {
  if (!existsSync(file)) return null;
  const note = readFileSync(file);
  return note.length < 16 ? null : note.subarray(16, 16 + note.readUInt32LE(4)).toString('hex');
};

/** Fields that say where a module came from. */
const FIELDS = ['filename', 'series', 'series_base', 'vermagic', 'signer', 'sig_key'];

/** A machine without modinfo, or a module that was loaded from elsewhere, says nothing. */
const modinfoOf = (name: string): Readonly<Record<string, string>> | null => {
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, LC_ALL: 'C' };
  const { status, stdout } = spawnSync('modinfo', ['-0', name], { encoding: 'utf8', env });
  if (status !== 0) return null;
  const fields = stdout.split('\0').map((field) => /^([^=:]+)[=:]\s*(.*)$/s.exec(field));
  return Object.fromEntries(
    FIELDS.flatMap((wanted) => {
      const value = fields.find((field) => field?.[1] === wanted)?.[2];
      return value === undefined ? [] : [[wanted, value]];
    }),
  );
};

export const deviceFacts = (roots: Roots, bdf: Bdf, provoker: string | null): DeviceFacts => {
  const folder = deviceFolder(roots, bdf);
  const hex = (name: string) => (text(folder, name) ?? '').replace(/^0x/, '');
  return {
    bdf,
    id: `${hex('vendor')}:${hex('device')}`,
    subsystem: `${hex('subsystem_vendor')}:${hex('subsystem_device')}`,
    class: hex('class'),
    revision: hex('revision'),
    driver: readBinding(roots, bdf).driver,
    provoker,
  };
};

export const machineFacts = (roots: Roots): Statement['machine'] => ({
  arch: arch(),
  processor: cpus()[0]?.model ?? '',
  board: [text(roots.sys, 'class/dmi/id/sys_vendor'), text(roots.sys, 'class/dmi/id/product_name')]
    .filter(Boolean)
    .join(' '),
});

/** The kernel's configuration, where it can be read; null elsewhere. */
export const kernelConfig = (): string | null =>
  text(`/boot/config-${release()}`) ?? text(`/lib/modules/${release()}/config`);
