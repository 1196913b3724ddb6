// SPDX-License-Identifier: MIT
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { explainRefusal } from '@uio-msi/host';
import { dkmsConf } from './dkms.js';
import { folderOf, kbuildText, MAKEFILE, seriesHeader } from './kbuild.js';
import { lineDigest, type ModuleSource, type SourceFile, sourceDigest } from './source.js';

/** A package's version: the series' revision, and the digest of its sources. `2+1a2b3c4d5e6f`. */
export const packageVersion = (source: ModuleSource): string =>
  `${source.revision.replace(/^v/, '')}+${sourceDigest(source)}`;

/** Every file of the source package, by its path there. Pure: the same sources give the same bytes. */
export const packageFiles = (source: ModuleSource, licence: string): readonly SourceFile[] => [
  { path: 'Kbuild', text: kbuildText(source) },
  { path: 'Makefile', text: MAKEFILE },
  { path: 'dkms.conf', text: dkmsConf(source, packageVersion(source)) },
  { path: 'COPYING', text: licence },
  ...source.lines.flatMap((line) => [
    { path: `${folderOf(line.line)}/series.h`, text: seriesHeader(source, line, lineDigest(source, line)) },
    ...line.files.map(({ path, text }) => ({ path: `${folderOf(line.line)}/${path}`, text })),
  ]),
];

/**
 * Writes the source package as a folder, whole or not at all: what is there is replaced.
 *
 * @param licence the text of the GPL, which the sources are under
 * @throws {EnvironmentError} `disk-full`, `state-not-writable`
 */
export const writeModuleSource = async (
  folder: string,
  source: ModuleSource,
  licence: string,
): Promise<void> => {
  const staging = `${folder}.${randomUUID()}`;
  try {
    for (const { path, text } of packageFiles(source, licence)) {
      await mkdir(dirname(join(staging, path)), { recursive: true });
      await writeFile(join(staging, path), text);
    }
    await rm(folder, { recursive: true, force: true });
    await rename(staging, folder);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw explainRefusal(error, dirname(folder));
  }
};
