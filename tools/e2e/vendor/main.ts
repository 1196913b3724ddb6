// SPDX-License-Identifier: MIT
// main.ts TARBALL DEB [STATE]: the vendor's hour (docs/vendor.md) in a plain Debian with its own
// kernel, disk and network card, from the released tarball, with nothing else installed. It needs root,
// debootstrap, QEMU and half an hour; so it is run by hand or at night: npm run e2e:vendor.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diskOf, dkmsModules, kernelOf, plainDebian } from './debian.js';
import { judge } from './expected.js';

const MINUTES = 60;

/** The machine: its own network card and disk, and beside them devices that nobody uses. */
const qemu = (debian: string, disk: string, share: string): readonly string[] => [
  ...['-machine', 'q35', '-accel', 'tcg,thread=multi', '-cpu', 'max', '-smp', '2', '-m', '1024'],
  ...['-display', 'none', '-nodefaults', '-no-reboot', '-serial', `file:${join(share, 'console')}`],
  ...['-kernel', join(debian, 'boot', `vmlinuz-${kernelOf(debian)}`)],
  ...['-initrd', join(debian, 'boot', `initrd.img-${kernelOf(debian)}`)],
  // A slow host misses the ticks by which the kernel checks its timer.
  ...['-append', 'root=/dev/nvme0n1 rw console=ttyS0 panic=-1 no_timer_check'],
  ...['-netdev', 'user,id=net', '-device', 'e1000e,netdev=net,addr=02.0'],
  ...[
    '-drive',
    `file=${disk},if=none,id=own,format=raw,snapshot=on`,
    '-device',
    'nvme,drive=own,serial=own,addr=03.0',
  ],
  ...['-device', 'rocker,addr=04.0'],
  ...['-netdev', 'user,id=idle', '-device', 'e1000e,netdev=idle,addr=05.0'],
  ...[
    '-drive',
    'driver=null-co,size=64M,if=none,id=idle',
    '-device',
    'nvme,drive=idle,serial=idle,addr=06.0',
  ],
  ...['-device', 'edu,addr=07.0'],
  ...['-virtfs', `local,path=${share},mount_tag=host,security_model=none`],
];

const [tarball, deb, where] = process.argv.slice(2);
if (tarball === undefined || deb === undefined) throw new Error('usage: main.ts TARBALL DEB [STATE]');
const state = resolve(where ?? join(tmpdir(), 'uio-msi-vendor'));
mkdirSync(state, { recursive: true });
const say = (text: string): void => void process.stderr.write(`${text}\n`);

say('a plain Debian (a few minutes, once)');
const debian = plainDebian(state);
const disk = diskOf(state, debian);
say('the modules, by DKMS');
const modules = dkmsModules(state, debian, resolve(deb));

const share = mkdtempSync(join(state, 'run-'));
for (const file of [tarball, fileURLToPath(new URL('hour.sh', import.meta.url)), ...modules])
  copyFileSync(file, join(share, basename(file)));
say(`the hour; its console is ${join(share, 'console')}`);
const { status, error } = spawnSync('qemu-system-x86_64', qemu(debian, disk, share), {
  stdio: 'inherit',
  timeout: MINUTES * 60_000,
});
if (status !== 0) say(`QEMU ended with ${status ?? error?.message}`);

const left = new Map(
  readdirSync(share)
    .filter((name) => statSync(join(share, name)).isFile() && !/\.(ko|gz)$/.test(name))
    .map((name) => [name, readFileSync(join(share, name), 'utf8')]),
);
const problems = judge(left);
for (const problem of problems) say(`- ${problem}`);
say(
  problems.length === 0 ? `all as it must be; the report is ${join(share, 'report.tar.gz')}` : `see ${share}`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
