// SPDX-License-Identifier: MIT
import { silent } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { findArch } from '../arches.js';
import { foreignPrograms, librariesIn } from './foreign.js';

it('takes the libraries that programs name, and the loader where they look for it', () => {
  const files = [
    'bin/busybox',
    'lib/ld-linux-aarch64.so.1',
    'lib/aarch64-linux-gnu/ld-linux-aarch64.so.1',
    'lib/aarch64-linux-gnu/libc.so.6',
    'usr/lib/aarch64-linux-gnu/libstdc++.so.6',
    'usr/lib/aarch64-linux-gnu/libstdc++.so.6.0.30',
    'usr/lib/aarch64-linux-gnu/gconv/libCNS.so.6',
    'usr/share/doc/libc6/copyright',
  ];
  expect(Object.fromEntries(librariesIn(files, '/fetched'))).toEqual({
    '/lib/aarch64-linux-gnu/ld-linux-aarch64.so.1': '/fetched/lib/aarch64-linux-gnu/ld-linux-aarch64.so.1',
    '/lib/aarch64-linux-gnu/libc.so.6': '/fetched/lib/aarch64-linux-gnu/libc.so.6',
    '/lib/aarch64-linux-gnu/libstdc++.so.6': '/fetched/usr/lib/aarch64-linux-gnu/libstdc++.so.6',
    '/lib/ld-linux-aarch64.so.1': '/fetched/lib/aarch64-linux-gnu/ld-linux-aarch64.so.1',
  });
});

it('finds the loader of x86_64 too, whose link names a path that is not ours', () => {
  const files = ['lib64/ld-linux-x86-64.so.2', 'lib/x86_64-linux-gnu/ld-linux-x86-64.so.2'];
  expect(librariesIn(files, '/fetched').get('/lib64/ld-linux-x86-64.so.2')).toBe(
    '/fetched/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2',
  );
});

it.each(['arm64', 'x86_64'])(
  'has pins for all that %s guests get from npm, and fetches nothing for them',
  async (name) => {
    const { key } = foreignPrograms(findArch(name), { progress: silent });
    const pin = { version: expect.stringMatching(/^\d/), integrity: expect.stringMatching(/^sha512-/) };
    expect(await key()).toMatchObject({ architecture: findArch(name).debian, node: pin, koffi: pin });
  },
);
