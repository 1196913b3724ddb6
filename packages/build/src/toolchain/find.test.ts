// SPDX-License-Identifier: MIT
import { EnvironmentError, UserError } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { findToolchain } from './find.js';

it('finds the compiler of this machine, and it again by its own name', async () => {
  const found = await findToolchain(null);
  expect(found.name).toBe(`gcc-${found.version.split('.')[0]}`);
  expect(await findToolchain(found.name)).toMatchObject({ name: found.name, version: found.version });
});

it('says which package a missing compiler comes in', async () => {
  const error = await findToolchain('gcc-2').catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(EnvironmentError);
  expect(error).toMatchObject({
    code: 'no-toolchain',
    next: 'apt-get install gcc-2, or take the version that is here: --toolchain gcc',
  });
});

it.each(['tcc', 'gcc-', 'gcc-12; rm -rf /', '../gcc', ''])('refuses the name %j', async (name) => {
  const error = await findToolchain(name).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(UserError);
  expect(error).toMatchObject({ code: 'unknown-toolchain' });
});
