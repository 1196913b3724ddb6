// SPDX-License-Identifier: MIT
import type { Command, CommandGroup } from '../command/spec.js';
import { doctor } from './doctor.js';
import { setup } from './setup.js';

/** Every command, in the order `--help` lists them. */
export const COMMANDS: readonly (Command | CommandGroup)[] = [setup, doctor];
