// SPDX-License-Identifier: MIT
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

// The package's folder, seen from its bundle/ as from its src/world/.
const [cli = ''] = /^.*\/packages\/cli\//.exec(fileURLToPath(import.meta.url)) ?? [];

/** The checkout that this command is part of. */
export const ROOT: string = resolve(cli, '../..');
