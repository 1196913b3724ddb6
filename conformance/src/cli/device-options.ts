// SPDX-License-Identifier: MIT
import type { Command } from 'commander';
import { more } from './values.js';

/** Which devices a command is for, as commander gives it. */
export interface DeviceOptions {
  readonly device: readonly string[];
  readonly allKnown: boolean;
  /** Paths of provoker files. */
  readonly provoker: readonly string[];
  readonly force: boolean;
}

/** Adds `--provoker` to a command. */
export const addProvokerOption = (command: Command): Command =>
  command.option('--provoker <file>', 'how to have a device raise its vectors; may be repeated', more, []);

/** Adds the options that say which devices a command is for. */
export const addDeviceOptions = (command: Command): Command =>
  addProvokerOption(
    command
      .option('--device <bdf>', 'a PCI address; may be repeated', more, [])
      .option(
        '--all-known',
        'every device that the suite knows how to provoke and no other driver has',
        false,
      ),
  ).option('--force', 'take a device even if it is in use', false);
