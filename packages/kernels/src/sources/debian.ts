// SPDX-License-Identifier: MIT
import { rm } from 'node:fs/promises';
import { fetchSourceTarball } from '@uio-msi/host';
import type { DebianSource } from '../catalogue/kernel.js';
import { importTarball } from '../import/tarball.js';
import type { SourceKind } from './source.js';

const nameOf = (source: DebianSource): string =>
  `Debian source package ${source.package} ${source.version} of ${source.suite}`;

/** The upstream tarball of a Debian source package, through the machine's own apt. */
export const debianKind: SourceKind<DebianSource> = {
  name: nameOf,
  async obtain(source, { version }, { store, lock, signal, tell }) {
    const folder = store.state.path('downloads', `apt-${version}`);
    const wanted = { name: source.package, version: source.version, suite: source.suite };
    tell('asking apt');
    const path = await fetchSourceTarball(wanted, folder, { lock, signal, onProgress: tell });
    const onFraction = (part: number) => tell('importing the source package', part);
    const tarball = { path, sha256: source.sha256 };
    try {
      const tree = await importTarball(store, tarball, version, { lock, signal, onFraction });
      return { tree, source: `${nameOf(source)}, SHA-256 ${source.sha256} (pinned)` };
    } finally {
      if (!signal?.aborted) await rm(folder, { recursive: true, force: true });
    }
  },
};
