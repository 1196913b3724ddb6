// SPDX-License-Identifier: MIT
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Replacement, replaceOnce } from '@uio-msi/series';
import { copySeries, driverIn, editedSeries } from '../series/edited.js';
import { ROOT, temporaryFolder, uioMsiJson } from './command.js';

const SERIES = join(ROOT, 'patches/uio_msi');

// The state folder of the commands under test.
const STATE = process.env['UIO_MSI_STATE'] || join(ROOT, 'linux-tree/state');

/**
 * A copy of the series in which a line of one patch is another.
 *
 * @param from must be in the patch exactly once
 * @returns its folder
 */
export const breakPatch = async (patch: string, from: string, to: string): Promise<string> => {
  const dir = join(await temporaryFolder(), 'uio_msi');
  await copySeries(SERIES, dir);
  const path = join(dir, patch);
  const parts = (await readFile(path, 'utf8')).split(from);
  if (parts.length !== 2) throw new Error(`${patch} has "${from}" ${parts.length - 1} times, not once`);
  await writeFile(path, parts.join(to));
  return dir;
};

/** A copy of the series that leaves its driver as `change` makes it. */
export const changeDriver = async (change: (text: string) => string): Promise<string> => {
  const { json } = await uioMsiJson('series', 'apply');
  const tree = json.cells[0]?.stages.find(({ stage }) => stage === 'apply')?.outputs['tree'] ?? '';
  const text = await driverIn(join(STATE, 'store.git'), tree);
  const { dir, edit } = await editedSeries(SERIES, join(await temporaryFolder(), 'uio_msi'), text);
  await edit(change);
  return dir;
};

/** A copy of the series whose driver has a defect put in on purpose. */
export const breakDriver = (defect: Replacement): Promise<string> =>
  changeDriver((text) => replaceOnce(text, defect));
