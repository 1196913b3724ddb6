// SPDX-License-Identifier: MIT
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, temporaryFolder } from './command.js';

/** The patch that adds the driver. */
export const DRIVER_PATCH = '0003-uio-add-uio_msi-PCI-MSI-X-vectors-as-eventfds.patch';

/**
 * A copy of the series in which one line of a patch is another: a defect put in on purpose.
 *
 * @param from must be in the patch exactly once
 * @returns its folder
 */
export const breakSeries = async (patch: string, from: string, to: string): Promise<string> => {
  const dir = join(await temporaryFolder(), 'uio_msi');
  await cp(join(ROOT, 'patches/uio_msi'), dir, { recursive: true });
  const path = join(dir, patch);
  const parts = (await readFile(path, 'utf8')).split(from);
  if (parts.length !== 2) throw new Error(`${patch} has "${from}" ${parts.length - 1} times, not once`);
  await writeFile(path, parts.join(to));
  return dir;
};
