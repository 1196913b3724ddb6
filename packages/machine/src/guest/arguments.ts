// SPDX-License-Identifier: MIT
import type { Accelerator } from '../arches.js';
import { DEVICES } from '../machines.js';
import { optionValue } from '../option.js';
import type { GuestSpec } from './spec.js';

/** The name of the virtio-serial port that carries the guest's records. */
export const RESULT_PORT = 'org.uio-msi.result';

const DEFAULT_CPUS = 2;
const DEFAULT_MEMORY = 1024;

/** What a guest's command line needs besides its spec. */
export interface Wiring {
  readonly accelerator: Accelerator;
  readonly initrd: string;
  /** Unix sockets on which we listen. */
  readonly console: string;
  readonly result: string;
}

/** The part of a spec that QEMU's command line is made of. */
export type Boot = Pick<GuestSpec, 'arch' | 'image' | 'machine' | 'cpus' | 'memory'>;

/** The kernel's command line: a panic ends the guest at once, and warnings reach the console. */
export const kernelArguments = (spec: Boot): string =>
  [`console=${spec.arch.console}`, 'panic=-1', ...spec.arch.kernelArguments].join(' ');

/** QEMU's arguments: no defaults, no network, no files but the kernel and its initramfs. */
export const qemuArguments = (spec: Boot, wiring: Wiring): string[] => [
  ...spec.arch.machine,
  ...wiring.accelerator.arguments,
  ...['-smp', String(spec.cpus ?? DEFAULT_CPUS), '-m', String(spec.memory ?? DEFAULT_MEMORY)],
  ...['-no-user-config', '-nodefaults', '-display', 'none', '-nic', 'none', '-no-reboot'],
  ...['-kernel', spec.image, '-initrd', wiring.initrd, '-append', kernelArguments(spec)],
  ...['-chardev', `socket,id=console,path=${optionValue(wiring.console)}`, '-serial', 'chardev:console'],
  // Port 0 is kept for a console: two are the fewest that leave one for us.
  ...['-device', 'virtio-serial-pci,max_ports=2'],
  ...['-chardev', `socket,id=result,path=${optionValue(wiring.result)}`],
  ...['-device', `virtserialport,chardev=result,name=${RESULT_PORT}`],
  ...spec.machine.devices.flatMap((device) => ['-device', DEVICES[device].argument]),
];
