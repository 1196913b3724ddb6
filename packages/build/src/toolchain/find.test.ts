// SPDX-License-Identifier: MIT
import { EnvironmentError, UserError } from '@uio-msi/model';
import { expect, it } from 'vitest';
import { ARCH_NAMES, type Arch, findArch } from '../arch.js';
import { makeVariables } from '../make/variables.js';
import { findToolchain, type Toolchain } from './find.js';

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

it('says which packages a cross compiler and a compiler with companions come in', async () => {
  const system = 'mips-none-elf';
  const elsewhere: Arch = { ...findArch('arm64'), system, nativeOn: [] };
  await expect(findToolchain('gcc', elsewhere)).rejects.toMatchObject({
    message: `the compiler ${system}-gcc is not installed`,
    next: `apt-get install gcc-${system}`,
  });
  await expect(findToolchain('clang-2')).rejects.toMatchObject({
    next: 'apt-get install clang-2 lld-2 llvm-2, or take the version that is here: --toolchain clang',
  });
});

const variables = (toolchain: Partial<Toolchain>, arch: string) =>
  makeVariables(
    {
      worktree: '/w',
      buildDir: '/b',
      arch: findArch(arch),
      toolchain: {
        name: '',
        version: '',
        command: 'gcc',
        suffix: '',
        prefix: '',
        family: 'gcc',
        ...toolchain,
      },
    },
    'ccache',
  );

it('tells make of a cross compiler, and makes host programs with the own one', () => {
  const prefix = 'aarch64-linux-gnu-';
  expect(variables({ command: `${prefix}gcc-12`, prefix }, 'arm64')).toEqual(
    expect.arrayContaining([
      'ARCH=arm64',
      `CC=ccache ${prefix}gcc-12`,
      'HOSTCC=ccache gcc',
      `CROSS_COMPILE=${prefix}`,
    ]),
  );
  expect(variables({}, 'i386').filter((one) => /^(ARCH|CROSS)/.test(one))).toEqual(['ARCH=i386']);
});

it('tells make of every tool of LLVM by its version', () => {
  expect(variables({ command: 'clang-19', suffix: '-19', family: 'clang' }, 'riscv64')).toEqual(
    expect.arrayContaining(['ARCH=riscv', 'LLVM=-19', 'CC=ccache clang-19', 'LD=ld.lld-19', 'AR=llvm-ar-19']),
  );
  expect(variables({ command: 'clang', suffix: '', family: 'clang' }, 'x86_64')).toContain('LLVM=1');
});

it('has every architecture by its name', () => {
  expect(ARCH_NAMES).toEqual(['x86_64', 'arm64', 'riscv64', 'i386']);
  expect(ARCH_NAMES.map((name) => findArch(name).name)).toEqual(ARCH_NAMES);
  expect(() => findArch('vax')).toThrow(UserError);
});
