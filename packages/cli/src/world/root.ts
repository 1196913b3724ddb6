// SPDX-License-Identifier: MIT
import { fileURLToPath } from 'node:url';

/** The checkout that this command is part of, without a slash at its end. */
export const ROOT: string = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/\/$/, '');
