// SPDX-License-Identifier: MIT
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadProvoker } from './load-provoker.js';
import type { ProvokerFile } from './provoker-file.js';

/** The provokers that come with the suite: beside its script, or at the top of this package. */
export const shippedProvokers = (): readonly ProvokerFile[] => {
  const folders = ['./provokers/', '../../provokers/'].map((path) => new URL(path, import.meta.url));
  const folder = fileURLToPath(
    folders.find((url) => existsSync(url)) ?? new URL('./provokers/', import.meta.url),
  );
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => loadProvoker(`${folder}${name}`));
};
