// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { type Arch, findArch } from '../arch.js';
import { toolsFor } from './tools.js';

const elsewhere = (name: string): Arch => ({ ...findArch(name), nativeOn: [] });
const packages = (toolchain: string, arch: Arch) => toolsFor(toolchain, arch).map((tool) => tool.package);

it('is a cross compiler, and the C library to build selftests with', () => {
  expect(packages('gcc', elsewhere('arm64'))).toEqual(['gcc-aarch64-linux-gnu', 'libc6-dev-arm64-cross']);
  expect(packages('gcc-12', elsewhere('riscv64'))).toEqual([
    'gcc-12-riscv64-linux-gnu',
    'libc6-dev-riscv64-cross',
  ]);
});

it("is this machine's own compiler where that builds for it", () => {
  expect(packages('gcc-12', { ...findArch('i386'), nativeOn: [process.arch] })).toEqual(['gcc-12']);
});

it('is each package of a compiler with companions once', () => {
  expect(packages('clang-19', { ...findArch('x86_64'), nativeOn: [process.arch] })).toEqual([
    'clang-19',
    'lld-19',
    'llvm-19',
  ]);
});
