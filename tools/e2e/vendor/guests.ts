// SPDX-License-Identifier: MIT
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kernelOf } from './debian.js';
import type { Left } from './expected.js';

const MINUTES = 90;

/** A guest: its script has its name. */
export interface Guest {
  readonly name: 'install' | 'hour' | 'locked';
  /** The folder of its Debian, and the disk that was made of it. */
  readonly debian: string;
  readonly disk: string;
  /** Words for the kernel's command line. */
  readonly append: readonly string[];
  /** Files that the script finds beside it. */
  readonly files: readonly string[];
}

/** The machine: its own network card and disk, and beside them devices that nobody uses. */
const qemu = ({ debian, disk, append }: Guest, share: string): readonly string[] => [
  ...['-machine', 'q35', '-accel', 'tcg,thread=multi', '-cpu', 'max', '-smp', '2', '-m', '1024'],
  ...['-display', 'none', '-nodefaults', '-no-reboot', '-serial', `file:${join(share, 'console')}`],
  ...['-kernel', join(debian, 'boot', `vmlinuz-${kernelOf(debian)}`)],
  ...['-initrd', join(debian, 'boot', `initrd.img-${kernelOf(debian)}`)],
  // A slow host misses the ticks by which the kernel checks its timer.
  '-append',
  ['root=/dev/nvme0n1', 'rw', 'console=ttyS0', 'panic=-1', 'no_timer_check', ...append].join(' '),
  // The slot is the port's affair then, not ACPI's, as on machines that people own.
  ...['-global', 'ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off'],
  ...['-netdev', 'user,id=net', '-device', 'e1000e,netdev=net,addr=02.0'],
  ...['-drive', `file=${disk},if=none,id=own,format=raw,snapshot=on`],
  ...['-device', 'nvme,drive=own,serial=own,addr=03.0'],
  ...['-device', 'rocker,addr=04.0'],
  ...['-netdev', 'user,id=idle', '-device', 'e1000e,netdev=idle,addr=05.0'],
  ...['-drive', 'driver=null-co,size=64M,if=none,id=idle'],
  ...['-device', 'nvme,drive=idle,serial=idle,addr=06.0'],
  ...['-device', 'edu,addr=07.0'],
  ...['-device', 'pcie-root-port,id=slot1,chassis=1,slot=1,addr=08.0'],
  ...['-netdev', 'user,id=third', '-device', 'e1000e,netdev=third,bus=slot1'],
  ...['-virtfs', `local,path=${share},mount_tag=host,security_model=none`],
];

/** What the image's unit runs: the script of the guest under this name. */
const JOB = 'job.sh';

/** The folder that a guest shared with the host, and the texts in it. */
export interface Ended {
  readonly share: string;
  readonly left: Left;
}

/** Runs a guest to its end, or for so long. */
export const runGuest = (guest: Guest, state: string, say: (text: string) => void): Ended => {
  const share = mkdtempSync(join(state, `${guest.name}-`));
  const own = (file: string) => fileURLToPath(new URL(file, import.meta.url));
  for (const file of [...guest.files, own('steps.sh'), own('spoil.mjs')])
    copyFileSync(file, join(share, basename(file)));
  copyFileSync(own(`${guest.name}.sh`), join(share, JOB));
  say(`${guest.name}; its console is ${join(share, 'console')}`);
  const { status, error } = spawnSync('qemu-system-x86_64', qemu(guest, share), {
    stdio: 'inherit',
    timeout: MINUTES * 60_000,
  });
  if (status !== 0) say(`QEMU ended with ${status ?? error?.message}`);
  return { share, left: textsIn(share) };
};

const textsIn = (folder: string): Left =>
  new Map(
    readdirSync(folder)
      .filter((name) => statSync(join(folder, name)).isFile() && !/\.(ko|gz)$/.test(name))
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
