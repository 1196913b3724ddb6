// SPDX-License-Identifier: MIT
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { overOf } from '@uio-msi/build';
import { UserError } from '@uio-msi/model';
import type { Config } from '@uio-msi/pipeline';

// What a kernel of this project has in any case: other configurations are merged over it, but those
// that name one of the kernel's own instead.
const BASE = 'minimal';

/** Gives configurations by name and architecture. @throws {UserError} `unknown-config` */
export type OpenConfig = (name: string, arch?: string) => Promise<Config>;

/**
 * Reads the configurations of a checkout, each file once. A configuration is `minimal`, over it what
 * the architecture wants otherwise (`arch/<arch>.config`, when there is one), over that the one that
 * is named; or that one alone, when it says what of the kernel's own it is over.
 */
export const openConfigs = async (root: string): Promise<OpenConfig> => {
  const dir = join(root, 'linux-tree/configs');
  const names = await configsIn(dir);
  const arches = await configsIn(join(dir, 'arch'));
  const fragments = new Map<string, Promise<Config['fragments'][number]>>();
  const read = (one: string) => {
    const text = fragments.get(one) ?? readFragment(dir, one);
    fragments.set(one, text);
    return text;
  };
  return async (name, arch = 'x86_64') => {
    if (!names.has(name))
      throw new UserError({
        code: 'unknown-config',
        message: `there is no configuration ${name}`,
        next: `choose from ${[...names].join(', ')}, or add linux-tree/configs/${name}.config`,
      });
    const named = await read(name);
    if (overOf([named]) !== null) return { name, fragments: [named] };
    const own = arches.has(arch) ? [`arch/${arch}`] : [];
    return { name, fragments: await Promise.all([...new Set([BASE, ...own, name])].map(read)) };
  };
};

const configsIn = async (dir: string): Promise<ReadonlySet<string>> =>
  new Set((await readdir(dir)).flatMap((file) => /^(.+)\.config$/.exec(file)?.[1] ?? []));

const readFragment = async (dir: string, one: string): Promise<Config['fragments'][number]> => ({
  name: `linux-tree/configs/${one}.config`,
  text: await readFile(join(dir, `${one}.config`), 'utf8'),
});

/** One configuration of a checkout. @throws {UserError} `unknown-config` */
export const openConfig = async (root: string, name: string, arch?: string): Promise<Config> =>
  (await openConfigs(root))(name, arch);
