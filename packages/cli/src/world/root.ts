// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout that this command is part of, without a slash at its end. */
export const ROOT: string = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/\/$/, '');

/** The state folder of a checkout, unless another is named. */
export const defaultStateDir = (root: string): string => join(root, 'linux-tree/state');
