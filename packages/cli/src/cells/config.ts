// SPDX-License-Identifier: MIT
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere } from '@uio-msi/host';
import { UserError } from '@uio-msi/model';
import type { Config } from '@uio-msi/pipeline';

// What a kernel of this project has in any case: other configurations are merged over it.
const BASE = 'minimal';

/**
 * Reads a configuration: `minimal`, over it what the architecture wants otherwise
 * (`arch/<arch>.config`, when there is one), over that the one that is named.
 *
 * @throws {UserError} `unknown-config`
 */
export const openConfig = async (root: string, name: string, arch = 'x86_64'): Promise<Config> => {
  const dir = join(root, 'linux-tree/configs');
  const names = (await readdir(dir)).flatMap((file) => /^(.+)\.config$/.exec(file)?.[1] ?? []);
  if (!names.includes(name))
    throw new UserError({
      code: 'unknown-config',
      message: `there is no configuration ${name}`,
      next: `choose from ${names.join(', ')}, or add linux-tree/configs/${name}.config`,
    });
  const read = async (one: string) => ({
    name: `linux-tree/configs/${one}.config`,
    text: await readFile(join(dir, `${one}.config`), 'utf8'),
  });
  const own = (await readIfThere(join(dir, 'arch', `${arch}.config`))) === null ? [] : [`arch/${arch}`];
  return { name, fragments: await Promise.all([...new Set([BASE, ...own, name])].map(read)) };
};
