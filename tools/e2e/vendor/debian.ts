// SPDX-License-Identifier: MIT
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const run = (command: string, ...args: readonly string[]): string =>
  execFileSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    maxBuffer: 2 ** 26,
  });

/** The distribution that the guest is, and the kernel that it comes with. */
const SUITE = 'bookworm';
const KERNEL = 'linux-image-amd64';
const HEADERS = 'linux-headers-amd64';
const INCLUDED = 'systemd-sysv,udev,kmod,iproute2,ifupdown,isc-dhcp-client';

/** Where this machine itself gets its packages: one site for each suite. */
const sites = (): ReadonlyMap<string, string> =>
  new Map(
    run('apt-get', 'indextargets', '--format', '$(RELEASE) $(SITE)', 'Created-By: Packages')
      .split('\n')
      .map((line) => line.split(' ') as [string, string]),
  );

const siteOf = (release: string): string => {
  const site = sites().get(release);
  if (site === undefined)
    throw new Error(`this machine's apt has no site for ${release}: add one, or run this elsewhere`);
  return site;
};

/** Makes a folder beside its place, and puts it there when it is done. */
const once = (folder: string, make: (staging: string) => void): string => {
  if (existsSync(folder)) return folder;
  const staging = `${folder}.new`;
  rmSync(staging, { recursive: true, force: true });
  make(staging);
  renameSync(staging, folder);
  return folder;
};

/** A plain Debian with its kernel, as its installer leaves it. */
export const plainDebian = (state: string): string =>
  once(join(state, 'debian'), (root) => {
    run('debootstrap', '--variant=minbase', `--include=${INCLUDED}`, SUITE, root, siteOf(SUITE));
    const security = `${SUITE}-security`;
    writeFileSync(
      join(root, 'etc/apt/sources.list.d/security.list'),
      `deb ${siteOf(security)} ${security} main\n`,
    );
    run('chroot', root, 'apt-get', '-q', 'update');
    run('chroot', root, 'apt-get', '-q', '-y', '--no-install-recommends', 'install', KERNEL);
    writeFileSync(join(root, 'etc/hostname'), 'debian\n');
    writeFileSync(
      join(root, 'etc/network/interfaces'),
      'auto lo enp0s2\niface lo inet loopback\niface enp0s2 inet dhcp\n',
    );
    writeFileSync(join(root, 'etc/systemd/system/job.service'), UNIT);
    symlinkSync('../job.service', join(root, 'etc/systemd/system/multi-user.target.wants/job.service'));
  });

const UNIT = `[Unit]
After=network-online.target
Wants=network-online.target
[Service]
Type=oneshot
ExecStart=/bin/sh -c 'mkdir -p /host && mount -t 9p -o trans=virtio,version=9p2000.L host /host && cd /host && sh job.sh; systemctl poweroff'
`;

/** That Debian with headers, a compiler and DKMS, as whoever builds modules has it. */
export const debianWithDkms = (state: string, plain: string): string =>
  once(join(state, 'debian-dkms'), (root) => {
    run('cp', '-a', '--reflink=auto', plain, root);
    run('chroot', root, 'apt-get', '-q', '-y', '--no-install-recommends', 'install', HEADERS, 'dkms');
  });

/** The release of the kernel in a Debian. */
export const kernelOf = (root: string): string => {
  const [name] = readdirSync(join(root, 'boot')).filter((file) => file.startsWith('vmlinuz-'));
  if (name === undefined) throw new Error(`${root} has no kernel`);
  return name.slice('vmlinuz-'.length);
};

/** A disk with a Debian on it. */
export const diskOf = (state: string, name: string, debian: string): string => {
  const disk = join(state, name);
  if (existsSync(disk)) return disk;
  run('truncate', '--size=3G', `${disk}.new`);
  run('mke2fs', '-q', '-t', 'ext4', '-d', debian, `${disk}.new`);
  renameSync(`${disk}.new`, disk);
  return disk;
};
