// SPDX-License-Identifier: MIT
import type { Tool } from '@uio-msi/host';
import { type Arch, crossPrefix } from '../arch.js';
import { parseToolchain } from './find.js';

/**
 * What building for an architecture with a toolchain needs on this machine: one of the commands of
 * each package, and of a cross compiler the C library, which selftests are linked with.
 *
 * @throws {UserError} `unknown-toolchain`
 */
export const toolsFor = (toolchain: string, arch: Arch): readonly Tool[] => {
  const { family, major } = parseToolchain(toolchain);
  const suffix = major ? `-${major}` : '';
  const prefix = crossPrefix(arch);
  const compiler = { suffix, prefix: family.perArch ? prefix : '' };
  const command = `${compiler.prefix}${family.name}${suffix}`;
  const purpose = `building for ${arch.name} with ${toolchain}`;
  const all = family.commands({ ...compiler, command });
  const commands = all
    .filter((tool, at) => all.findIndex((other) => other.package === tool.package) === at)
    .map((tool) => ({ ...tool, purpose }));
  if (prefix === '') return commands;
  const library: Tool = {
    name: `libc for ${arch.name}`,
    package: `libc6-dev-${arch.debian}-cross`,
    purpose: `selftests for ${arch.name}`,
    header: `/usr/${arch.system}/include/stdio.h`,
  };
  return [...commands, library];
};
