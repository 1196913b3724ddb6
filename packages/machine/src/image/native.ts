// SPDX-License-Identifier: MIT
import { fileDigest, rememberedDigest } from '@uio-msi/host';
import type { Context } from '../context.js';
import { BUSYBOX, BUSYBOX_IN_GUEST, NODE_IN_GUEST } from './layout.js';
import { librariesOf } from './libraries.js';
import type { Programs, Sources } from './programs.js';

/** This machine's busybox, and the Node.js that runs us with the libraries it needs. */
export const nativePrograms = ({ signal, digests }: Context): Programs => {
  const find = async (): Promise<Sources> => {
    const libraries = await librariesOf(process.execPath, signal);
    return new Map([
      [BUSYBOX_IN_GUEST, BUSYBOX],
      [NODE_IN_GUEST, process.execPath],
      ...libraries.map((path): [string, string] => [path, path]),
    ]);
  };
  const digest = async ([path, source]: readonly [string, string]) => [
    path,
    await (digests === undefined ? fileDigest(source) : rememberedDigest(digests, source)),
  ];
  return { key: async () => Promise.all(Array.from(await find(), digest)), bring: find };
};
