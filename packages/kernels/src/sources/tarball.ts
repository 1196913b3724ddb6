// SPDX-License-Identifier: MIT
import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { download, downloadText } from '@uio-msi/host';
import { EnvironmentError } from '@uio-msi/model';
import type { TarballSource } from '../catalogue/kernel.js';
import { importTarball } from '../import/tarball.js';
import type { SourceKind } from './source.js';

/** The checksum of a file in the format of sha256sum(1), which kernel.org's signed lists contain. */
export const checksumIn = (sums: string, file: string): string | null =>
  sums
    .split('\n')
    .map((line) => /^([0-9a-f]{64}) [ *](.+)$/.exec(line.trim()))
    .find((match) => match?.[2] === file)?.[1] ?? null;

const lookUp = async (sums: string, file: string, signal?: AbortSignal): Promise<string> => {
  const sha256 = checksumIn(await downloadText(sums, signal), file);
  if (sha256) return sha256;
  throw new EnvironmentError({ code: 'no-checksum', message: `${sums} does not list ${file}` });
};

/** A .tar.xz at a URL. */
export const tarballKind: SourceKind<TarballSource> = {
  name: ({ url }) => `tarball ${url}`,
  async obtain({ url, sha256: pinned, sums }, { version }, { store, lock, signal, tell }) {
    const file = basename(new URL(url).pathname);
    tell(`asking for ${file}`);
    const sha256 = pinned ?? (await lookUp(sums ?? '', file, signal));
    const path = store.state.path('downloads', file);
    await download(url, path, { sha256, signal, onFraction: (part) => tell(`downloading ${file}`, part) });
    const onFraction = (part: number) => tell(`importing ${file}`, part);
    const tree = await importTarball(store, { path, sha256 }, version, { lock, signal, onFraction }).finally(
      // What was downloaded whole and is refused would be refused again.
      () => (signal?.aborted ? undefined : rm(path)),
    );
    return { tree, source: `tarball ${url}, SHA-256 ${sha256} (${pinned ? 'pinned' : `as in ${sums}`})` };
  },
};
