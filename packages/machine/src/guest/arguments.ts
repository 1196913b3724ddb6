// SPDX-License-Identifier: MIT
import type { Accelerator } from '../arches.js';
import { type Boot, bootArguments } from '../boot.js';
import { DEVICES, type Device, type Server } from '../devices.js';
import { equipmentOf, type Machine } from '../machines.js';
import { optionValue } from '../option.js';

/** The name of the virtio-serial port that carries the guest's records. */
export const RESULT_PORT = 'org.uio-msi.result';

/** What a guest's command line needs besides its spec. */
export interface Wiring {
  readonly accelerator: Accelerator;
  readonly initrd: string;
  /** Unix sockets on which we listen. */
  readonly console: string;
  readonly result: string;
}

/** The number of the first descriptor that a command inherits: behind the standard three. */
const FIRST_INHERITED = 3;

/** The servers that devices of a guest wait for; QEMU inherits a socket to each, in this order. */
export const serversOf = ({ machine, arch }: Boot & { readonly machine: Machine }): readonly Server[] =>
  equipmentOf(machine, arch).devices.flatMap((name) => (DEVICES[name] as Device).server ?? []);

/** QEMU's arguments for a guest: what boots its kernel, its initramfs, console, channel and devices. */
export const qemuArguments = (spec: Boot & { readonly machine: Machine }, wiring: Wiring): string[] => {
  const { devices, ...machine } = equipmentOf(spec.machine, spec.arch);
  return [
    ...bootArguments(
      { ...spec, kernelArguments: [...machine.kernelArguments, ...(spec.kernelArguments ?? [])] },
      wiring.accelerator,
    ),
    ...['-initrd', wiring.initrd],
    ...['-chardev', `socket,id=console,path=${optionValue(wiring.console)}`, '-serial', 'chardev:console'],
    // Port 0 is kept for a console: two are the fewest that leave one for us.
    ...['-device', 'virtio-serial-pci,max_ports=2'],
    ...['-chardev', `socket,id=result,path=${optionValue(wiring.result)}`],
    ...['-device', `virtserialport,chardev=result,name=${RESULT_PORT}`],
    ...serversOf(spec).flatMap(({ chardev }, i) => [
      '-chardev',
      `socket,id=${chardev},fd=${FIRST_INHERITED + i}`,
    ]),
    ...machine.arguments,
    ...devices.flatMap((name) => DEVICES[name].arguments).flatMap((device) => ['-device', device]),
  ];
};
