// SPDX-License-Identifier: MIT
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireRunnable } from './runnable.js';
import { behindRefusal } from './security.js';

let dir = '';
const put = (path: string, text: string) => {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
};
const roots = () => ({ sys: join(dir, 'sys'), proc: join(dir, 'proc'), dev: join(dir, 'dev') });
const require = () =>
  requireRunnable(roots(), 'uio_msi', { modules: join(dir, 'modules'), release: '6.1.0-56' });
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'uio-msi-runnable-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe.runIf(process.getuid?.() === 0)('requireRunnable', () => {
  it('has nothing against a driver that is loaded', () => {
    put('sys/bus/pci/drivers/uio_msi/bind', '');
    expect(require).not.toThrow();
  });

  it('tells a module that is not there from one of another kernel and one that is not loaded', () => {
    expect(require).toThrow('is not in this kernel. Build it for this kernel (6.1.0-56)');
    put('modules/6.1.0-50/modules.dep', 'updates/dkms/uio_msi.ko.xz: updates/dkms/uio.ko.xz\n');
    put('modules/6.1.0-56/modules.dep', 'kernel/drivers/uio/uio.ko:\n');
    expect(require).toThrow('installed for 6.1.0-50, not for the kernel that runs');
    put('modules/6.1.0-56/modules.dep', 'updates/dkms/uio_msi.ko: updates/dkms/uio.ko\n');
    expect(require).toThrow(/not loaded. Load it: modprobe uio_msi$/);
  });

  it("names what may keep it from being loaded: the kernel's own core, and lockdown", () => {
    put('modules/6.1.0-56/modules.dep', 'updates/dkms/uio_msi.ko:\n');
    put('sys/module/uio/refcnt', '1\n');
    put('sys/kernel/security/lockdown', 'none [integrity] confidentiality\n');
    expect(require).toThrow('modprobe -r uio');
    expect(require).toThrow('locked down (integrity)');
  });
});

describe('behindRefusal', () => {
  it('suspects SELinux and lockdown of what they do, and only where they are at work', () => {
    expect(behindRefusal('EACCES', roots())).toBe('');
    expect(behindRefusal('EPERM', roots())).toBe('');
    put('sys/fs/selinux/enforce', '1');
    put('sys/kernel/security/lockdown', '[none] integrity confidentiality\n');
    expect(behindRefusal('EACCES', roots())).toContain('SELinux is enforcing');
    expect(behindRefusal('EPERM', roots())).toBe('');
    put('sys/kernel/security/lockdown', 'none [integrity] confidentiality\n');
    expect(behindRefusal('EPERM', roots())).toContain('locked down (integrity)');
  });
});
