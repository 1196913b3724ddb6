// SPDX-License-Identifier: MIT
import { findArch, toolsFor } from '@uio-msi/build';
import type { Tool } from '@uio-msi/host';
import { findArch as findMachineArch, isBootable } from '@uio-msi/machine';
import { squaresOf } from '@uio-msi/pipeline';
import type { Tier } from '@uio-msi/series';
import type { World } from '../world/world.js';
import { openCatalogue } from './choose.js';
import { openSeries } from './series.js';

/** What cells of an architecture need beside what all cells do. */
export const cellTools = (arch: string, toolchain: string): readonly Tool[] => {
  const building = toolsFor(toolchain, findArch(arch));
  if (!isBootable(arch)) return building;
  const { qemu, package: from } = findMachineArch(arch);
  return [...building, { name: qemu, package: from, purpose: `guests of ${arch}` }];
};

/**
 * The same for a tier of a series' matrix, each tool once.
 *
 * @throws {UserError} for a series that is not there, or whose matrix names what is not there
 */
export const tierTools = async (
  series: string,
  tier: Tier,
  { root }: Pick<World, 'root'>,
): Promise<readonly Tool[]> => {
  const { kernels } = await openCatalogue(root);
  const squares = squaresOf(await openSeries(root, series), kernels, tier).filter(
    ({ excluded }) => excluded === null,
  );
  const tools = squares.flatMap(({ arch, toolchain }) => cellTools(arch, toolchain));
  return [...new Map(tools.map((tool) => [tool.name, tool])).values()];
};
