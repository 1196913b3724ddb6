// SPDX-License-Identifier: MIT
import type { Command } from 'commander';

/** Adds the commands `provoker new` and `provoker check`. */
export const addProvoker = (program: Command): void => {
  const provoker = program
    .command('provoker')
    .description('write and check the file that says how a device is made to raise its vectors');
  provoker
    .command('new')
    .description('write a template to fill in')
    .argument('<device>', 'a PCI address here, or vendor:device')
    .option('--out <file>', 'where it goes (default: standard output)')
    .addHelpText('after', '\nExample:\n  uio-msi-conformance provoker new 0000:01:00.0 --out board.yaml')
    .action(async (device: string, options: { out?: string }) => {
      (await import('./provoker.js')).newProvoker(device, options);
    });
  provoker
    .command('check')
    .description('tell what is wrong with a provoker, with line and field; touches no device')
    .argument('<file>', 'YAML, or JSON')
    .option('--device <bdf>', 'also tell whether it fits this device')
    .addHelpText('after', '\nExample:\n  uio-msi-conformance provoker check board.yaml --device 0000:01:00.0')
    .action(async (file: string, options: { device?: string }) => {
      (await import('./provoker.js')).checkProvoker(file, options);
    });
};
